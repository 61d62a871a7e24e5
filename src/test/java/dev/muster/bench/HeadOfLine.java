package dev.muster.bench;

/**
 * How long a task waits for its offer behind 100,000 tasks of higher priority that nobody can
 * serve, beside the same with none in the way.
 *
 * @param kinds how many different demands the tasks in the way have
 */
record HeadOfLine(int kinds, OfferLatency alone, OfferLatency behind) {

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
        SELECT n.* FROM task t, generate_series(1, ?) g, LATERAL jsonb_populate_record(t,
          jsonb_build_object('sid', 'WT' || lpad(to_hex(g), 32, '0'), 'rank_time', t.rank_time + g,
            'demand_class', md5('kind ' || (g %% ?))::uuid, 'attributes', '{"badge": ' || (g %% ?) || '}')) n
        WHERE t.workspace_sid = ? AND t.status = 'pending') copies
      """;

  private static final String EMPTY =
      "DELETE FROM task WHERE workspace_sid = ? AND status = 'pending'";

  /** Of the medians. */
  double ratio() {
    return behind.seen().millis(50) / alone.seen().millis(50);
  }

  static HeadOfLine measure(Site site, int kinds) {
    var workplace = site.workplace();
    var alone = OfferLatency.measure(site.caller(), workplace, site.rows(), SAMPLES);
    fill(site, kinds);
    var behind = OfferLatency.measure(site.caller(), workplace, site.rows(), SAMPLES);
    site.rows().sql(EMPTY).param(workplace.workspaceSid()).update();
    return new HeadOfLine(kinds, alone, behind);
  }

  private static void fill(Site site, int kinds) {
    var caller = site.caller();
    var workplace = site.workplace();
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
                "Nobody, in %d kinds".formatted(kinds),
                "Configuration",
                """
                {"task_routing": {"default_filter": {"queue": "%s", "expression": "worker.badge == task.badge"}}}"""
                    .formatted(queue))
            .text("sid")
            .orElseThrow();
    caller.post(
        workplace.path() + "/Tasks",
        "WorkflowSid",
        workflow,
        "Priority",
        "100",
        "Timeout",
        "86400",
        "Attributes",
        "{\"badge\": 0}");
    var columns = site.rows().sql(WRITTEN_COLUMNS).query(String.class).single();
    site.rows()
        .sql(FILL.formatted(columns))
        .params(IN_THE_WAY - 1, kinds, kinds, workplace.workspaceSid())
        .update();
    site.rows().sql("ANALYZE task").update();
  }
}
