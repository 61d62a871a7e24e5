package dev.muster.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How long a task waits for its offer behind 100,000 tasks of higher priority that nobody can
 * serve, beside the same with none in the way.
 *
 * @param kinds how many different demands the tasks in the way have
 */
record HeadOfLine(Wish wish, int kinds, OfferLatency alone, OfferLatency behind) {

  /** What the tasks in the way ask for. */
  enum Wish {
    ATTRIBUTE(
        "a badge that nobody has",
        "\"default_filter\": {%s, \"expression\": \"worker.badge == task.badge\"}"),
    KNOWN(
        "an agent off shift, known by name",
        "\"filters\": [{\"expression\": \"1==1\", \"targets\": [{%s,"
            + " \"known_worker_friendly_name\": \"task.agent\"}]}]"),
    DIRECT("an agent off shift, as routing target", "\"default_filter\": {%s}");

    private final String words;
    private final String routing;

    Wish(String words, String routing) {
      this.words = words;
      this.routing = routing;
    }

    private String configuration(String queue) {
      return "{\"task_routing\": {%s}}"
          .formatted(routing.formatted("\"queue\": \"%s\"".formatted(queue)));
    }

    @Override
    public String toString() {
      return words;
    }
  }

  static final int IN_THE_WAY = 100_000;

  private static final int SAMPLES = 300;

  private static final String WRITTEN_COLUMNS =
      """
      SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
      WHERE attrelid = 'task'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      """;

  /** Equal copies of the one task that waits, but for what they ask of a worker. */
  private static final String FILL =
      """
      INSERT INTO task (%1$s)
      SELECT %1$s FROM (
        SELECT n.* FROM task t, generate_series(1, ?) g, LATERAL (SELECT g %% ? AS k) kind, LATERAL jsonb_populate_record(t,
          jsonb_build_object('sid', 'WT' || lpad(to_hex(g), 32, '0'), 'rank_time', t.rank_time + g,
            'demand_class', overlay(md5('kind ' || k) PLACING '0' FROM 1)::uuid, 'attributes', '{"badge": ' || k || ', "agent": "Agent ' || k || '"}',
            'routing_target', CASE WHEN t.routing_target IS NOT NULL THEN 'WK' || lpad(to_hex(k), 32, 'f') END)) n
        WHERE t.workspace_sid = ? AND t.status = 'pending') copies
      """;

  private static final String AGENTS =
      """
      INSERT INTO worker (workspace_sid, sid, friendly_name, attributes, activity_sid, available, status_changed_at,
        idle_since, version, created_at, updated_at)
      SELECT s.sid, 'WK' || lpad(to_hex(n), 32, 'f'), 'Agent ' || n, '{}', s.default_activity_sid, false, now(),
        now(), 1, now(), now()
      FROM workspace s, generate_series(0, ? - 1) AS n WHERE s.sid = ?
      ON CONFLICT DO NOTHING
      """;

  private static final String THEIR_CHANNELS =
      """
      INSERT INTO worker_channel (workspace_sid, worker_sid, task_channel_sid, sid, capacity, available,
        worker_available, idle_since, created_at, updated_at)
      SELECT w.workspace_sid, w.sid, c.sid, 'WC' || md5(w.sid || c.sid), 1, true, false, now(), now(), now()
      FROM worker w JOIN task_channel c USING (workspace_sid)
      WHERE w.workspace_sid = ? AND w.friendly_name LIKE 'Agent %'
      ON CONFLICT DO NOTHING
      """;

  private static final String EMPTY =
      "DELETE FROM task WHERE workspace_sid = ? AND status = 'pending'";

  /** Of the medians. */
  double ratio() {
    return behind.seen().millis(50) / alone.seen().millis(50);
  }

  static HeadOfLine measure(Site site, Wish wish, int kinds) {
    var workplace = site.workplace();
    var alone = OfferLatency.measure(site.caller(), workplace, site.rows(), SAMPLES);
    fill(site, wish, kinds);
    var behind = OfferLatency.measure(site.caller(), workplace, site.rows(), SAMPLES);
    site.rows().sql(EMPTY).param(workplace.workspaceSid()).update();
    return new HeadOfLine(wish, kinds, alone, behind);
  }

  private static void fill(Site site, Wish wish, int kinds) {
    var caller = site.caller();
    var workplace = site.workplace();
    site.rows().sql(AGENTS).params(kinds, workplace.workspaceSid()).update();
    site.rows().sql(THEIR_CHANNELS).param(workplace.workspaceSid()).update();
    var queue =
        caller
            .get(workplace.path() + "/TaskQueues?FriendlyName=Everyone")
            .text("sid")
            .orElseThrow();
    var workflow =
        caller
            .post(
                workplace.path() + "/Workflows",
                "FriendlyName",
                "Nobody for %s, in %d kinds".formatted(wish, kinds),
                "Configuration",
                wish.configuration(queue))
            .text("sid")
            .orElseThrow();
    var form =
        new ArrayList<>(List.of("WorkflowSid", workflow, "Priority", "100", "Timeout", "86400"));
    form.addAll(List.of("Attributes", "{\"badge\": 0, \"agent\": \"Agent 0\"}"));
    if (wish == Wish.DIRECT) {
      form.addAll(List.of("RoutingTarget", "WK" + "f".repeat(31) + "0", "IgnoreCapacity", "false"));
    }
    caller.post(workplace.path() + "/Tasks", form.toArray(String[]::new));
    var columns = site.rows().sql(WRITTEN_COLUMNS).query(String.class).single();
    site.rows()
        .sql(FILL.formatted(columns))
        .params(IN_THE_WAY - 1, kinds, workplace.workspaceSid())
        .update();
    site.rows().sql("ANALYZE task").update();
  }
}
