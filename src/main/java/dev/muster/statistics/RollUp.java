package dev.muster.statistics;

import dev.muster.workspace.WorkspaceDeleted;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds events to the tallies, each exactly once, of all tenants together. Transactions end in
 * another order than they begin, so an event is added only when every transaction that began before
 * its own has ended: then none can turn up that was passed over.
 */
@Repository
class RollUp {

  private static final Logger LOG = LoggerFactory.getLogger(RollUp.class);

  private static final List<String> TABLES = List.of("tally", "wait_tally");

  /** One node at a time. */
  private static final String HOLD =
      "SELECT counted_before::text::bigint FROM tally_progress FOR UPDATE SKIP LOCKED";

  private static final String WAIT_AND_HOLD = "SELECT 1 FROM tally_progress FOR UPDATE";

  /** Every transaction before this one has ended. */
  private static final String HORIZON =
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  private static final String AFTER_SO_MANY =
      """
      SELECT tx::text::bigint FROM event WHERE tx >= CAST(:from AS xid8) ORDER BY event.tx OFFSET :count LIMIT 1
      """;

  /**
   * The events are fetched before they are grouped, or else all of the log would be read in the
   * order of the groups. A single worker has too little to do in a minute for tallies of it.
   */
  static final String COUNT =
      """
      INSERT INTO tally AS t (workspace_sid, subject_sid, span, starts_at, task_channel_sid, type, times,
        measured, total_millis, least_millis, most_millis,
        in_queue_measured, in_queue_total_millis, in_queue_least_millis, in_queue_most_millis)
      SELECT c.workspace_sid, c.subject_sid, s.span, date_trunc(s.span, c.at, 'UTC'), c.task_channel_sid, c.type, count(*),
        count(c.millis), coalesce(sum(c.millis), 0), min(c.millis), max(c.millis),
        count(c.in_queue_millis), coalesce(sum(c.in_queue_millis), 0), min(c.in_queue_millis), max(c.in_queue_millis)
      FROM (SELECT * FROM countable WHERE tx >= CAST(:from AS xid8) AND tx < CAST(:until AS xid8) OFFSET 0) AS c
      CROSS JOIN (VALUES ('minute'), ('hour'), ('day')) AS s (span)
      WHERE s.span <> 'minute' OR c.subject_sid NOT LIKE 'WK%'
      GROUP BY 1, 2, 3, 4, 5, 6
      ON CONFLICT (workspace_sid, subject_sid, span, starts_at, task_channel_sid, type) DO UPDATE SET
        times = t.times + excluded.times,
        measured = t.measured + excluded.measured,
        total_millis = t.total_millis + excluded.total_millis,
        least_millis = least(t.least_millis, excluded.least_millis),
        most_millis = greatest(t.most_millis, excluded.most_millis),
        in_queue_measured = t.in_queue_measured + excluded.in_queue_measured,
        in_queue_total_millis = t.in_queue_total_millis + excluded.in_queue_total_millis,
        in_queue_least_millis = least(t.in_queue_least_millis, excluded.in_queue_least_millis),
        in_queue_most_millis = greatest(t.in_queue_most_millis, excluded.in_queue_most_millis)
      """;

  /** Of the waits in a minute hardly two are of the same length. */
  static final String COUNT_WAITS =
      """
      INSERT INTO wait_tally AS t (workspace_sid, subject_sid, span, starts_at, task_channel_sid, type, since, times)
      SELECT workspace_sid, subject_sid, span, starts_at, task_channel_sid, type, since, (
          SELECT array_agg(coalesce(s.times, 0) ORDER BY place)
          FROM generate_series(1, max(step)) AS place
          LEFT JOIN unnest(array_agg(step), array_agg(times)) AS s (step, times) ON s.step = place)
      FROM (
        SELECT c.workspace_sid, c.subject_sid, s.span, date_trunc(s.span, c.at, 'UTC') AS starts_at, c.task_channel_sid,
          c.type, c.since, c.step, count(*)::integer AS times
        FROM (SELECT * FROM countable_wait WHERE tx >= CAST(:from AS xid8) AND tx < CAST(:until AS xid8) OFFSET 0) AS c
        CROSS JOIN (VALUES ('hour'), ('day')) AS s (span)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) AS counted
      GROUP BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (workspace_sid, subject_sid, span, starts_at, task_channel_sid, type, since) DO UPDATE SET
        times = (SELECT array_agg(coalesce(s.before, 0) + coalesce(s.more, 0) ORDER BY place)
                 FROM unnest(t.times, excluded.times) WITH ORDINALITY AS s (before, more, place))
      """;

  private static final String ADVANCE =
      "UPDATE tally_progress SET counted_before = CAST(:until AS xid8)";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final StatisticsSettings settings;

  RollUp(JdbcClient jdbc, Clock clock, StatisticsSettings settings) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Adds the next events. Does nothing while another node does it.
   *
   * @return whether more are left that could be added
   */
  @Transactional
  boolean advance() {
    return jdbc.sql(HOLD).query(Long.class).optional().map(this::advanceFrom).orElse(false);
  }

  private boolean advanceFrom(long from) {
    var horizon = number(HORIZON);
    if (horizon < from) {
      LOG.error(
          "Expected transaction numbers to grow, but events were counted up to {} and the present one is {}: was the database restored elsewhere?",
          from,
          horizon);
      return false;
    }
    var until = Math.min(horizon, afterSoMany(from).orElse(horizon));
    if (count(COUNT, from, until) > 0 || until < horizon) {
      count(COUNT_WAITS, from, until);
      jdbc.sql(ADVANCE).param("until", Long.toString(until)).update();
    }
    return until < horizon;
  }

  /** The transaction with which another batch begins; one transaction is never parted. */
  private Optional<Long> afterSoMany(long from) {
    return jdbc.sql(AFTER_SO_MANY)
        .param("from", Long.toString(from))
        .param("count", settings.eventsPerRollUp())
        .query(Long.class)
        .optional()
        .map(next -> Math.max(next, from + 1));
  }

  private long number(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private int count(String sql, long from, long until) {
    return jdbc.sql(sql)
        .param("from", Long.toString(from))
        .param("until", Long.toString(until))
        .update();
  }

  /** Forgets what no question may reach any more. */
  @Transactional
  void tidy() {
    jdbc.sql(WAIT_AND_HOLD).query(Integer.class).single();
    var limit = clock.instant().minus(Window.HISTORY).minus(1, ChronoUnit.DAYS);
    for (var table : TABLES) {
      jdbc.sql("DELETE FROM " + table + " WHERE starts_at < :limit")
          .param("limit", limit.atOffset(ZoneOffset.UTC))
          .update();
    }
  }

  /** Nobody adds to the tallies of a workspace while they are deleted, or after it. */
  @EventListener
  void on(WorkspaceDeleted deleted) {
    jdbc.sql(WAIT_AND_HOLD).query(Integer.class).single();
    for (var table : TABLES) {
      jdbc.sql("DELETE FROM " + table + " WHERE workspace_sid = :workspace")
          .param("workspace", deleted.workspace().value())
          .update();
    }
  }
}
