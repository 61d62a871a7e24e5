package dev.muster.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long a supervisor waits for the figures of 30 days with {@code bench.events} events, while
 * none are being added.
 *
 * @param addedPerSecond events that Muster added to its tallies
 * @param workspace cumulative figures of the workspace, split by three waits
 * @param queue the same of one queue
 * @param queues the list of 50 queues, real-time figures included
 * @param workers of all workers, with the time in each activity
 * @param uncounted as {@code workspace}, with 10,000 events in no tally
 */
record PastMonth(
    double addedPerSecond,
    Percentiles workspace,
    Percentiles queue,
    Percentiles queues,
    Percentiles workers,
    Percentiles uncounted) {

  /** What an answer is to take at most at the 95th percentile. */
  static final Duration GOAL = Duration.ofMillis(300);

  /** Events that are in no tally when {@code uncounted} is measured. */
  static final int LATEST_EVENTS = 10_000;

  private static final int OF_ONE_TASK = 10;
  private static final int TASKS_OF_ONE_TRANSACTION = 2_000;
  private static final int LATEST = LATEST_EVENTS / OF_ONE_TASK;
  private static final int QUEUES = 50;
  private static final int TURNS = 50;
  private static final String MONTH = "Minutes=43200&SplitByWaitTime=20,60,300";

  /**
   * Each task has ten events, some seconds apart; the tenth is a worker's change of activity. They
   * are written at once, but as if by a transaction for every 20,000, all long before the present.
   */
  private static final String FILL =
      """
      INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data, task_sid, task_number,
        worker_sid, task_queue_sid, workflow_sid, task_channel_sid, tx)
      SELECT w.sid, 'EV' || lpad(to_hex(g * 16 + k.n), 32, '0'), k.type, 'task', 'WT' || lpad(to_hex(g), 32, '0'),
        now() - (g * interval '30 days') / ? + k.n * interval '2 seconds',
        jsonb_build_object('task_attributes', '{"language": "es", "subject": "Una factura"}', 'task_sid',
          'WT' || lpad(to_hex(g), 32, '0'), 'task_priority', '0', 'task_version', '3', 'task_channel_sid', w.channel)
        || CASE k.type
          WHEN 'reservation.accepted' THEN jsonb_build_object('task_age_ms', (g * 7919 % 300000)::text,
            'task_age_in_queue_ms', (g * 7919 % 300000)::text)
          WHEN 'reservation.completed' THEN jsonb_build_object('reservation_wrap_up_ms', (g * 17 % 90000)::text)
          WHEN 'worker.activity.update' THEN jsonb_build_object('worker_previous_activity_sid', w.activity,
            'worker_time_in_previous_activity_ms', '600000')
          ELSE '{}' END,
        CASE WHEN k.n < 9 THEN 'WT' || lpad(to_hex(g), 32, '0') END, CASE WHEN k.n < 9 THEN k.n + 1 END,
        CASE WHEN k.n > 3 THEN w.workers[1 + g % cardinality(w.workers)] END,
        w.queues[1 + g % cardinality(w.queues)], w.workflow, w.channel,
        CASE WHEN ? THEN (g / ?)::text::xid8 ELSE pg_current_xact_id() END
      FROM (SELECT s.sid, s.default_activity_sid AS activity,
          (SELECT sid FROM task_channel WHERE workspace_sid = s.sid AND unique_name = 'default') AS channel,
          (SELECT sid FROM workflow WHERE workspace_sid = s.sid LIMIT 1) AS workflow,
          (SELECT array_agg(sid) FROM task_queue WHERE workspace_sid = s.sid) AS queues,
          (SELECT array_agg(sid) FROM worker WHERE workspace_sid = s.sid) AS workers
        FROM workspace s WHERE s.sid = ?) w,
        generate_series(?::bigint, ?::bigint) AS g,
        (VALUES (0, 'workflow.entered'), (1, 'task-queue.entered'), (2, 'task.created'), (3, 'workflow.target-matched'),
          (4, 'reservation.created'), (5, 'reservation.accepted'), (6, 'task.completed'), (7, 'reservation.completed'),
          (8, 'task.updated'), (9, 'worker.activity.update')) AS k (n, type)
      """;

  private static final String COUNT_ANEW =
      """
      UPDATE tally_progress SET counted_before = '0';
      TRUNCATE tally, wait_tally;
      """;

  /** Built when all events are there, which is quicker. */
  private static final String INDEXES =
      """
      SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE schemaname = current_schema AND tablename = 'event' AND indexname <> 'event_pkey'
      ORDER BY indexname
      """;

  private static final String LEFT =
      "SELECT count(*) FROM tally_progress WHERE counted_before <= '%d'::xid8";

  private record Index(String name, String definition) {}

  static PastMonth measure(Site site, int events, Consumer<String> progress) {
    var path = site.workplace().path();
    for (var i = 2; i < QUEUES; i++) {
      site.caller().post(path + "/TaskQueues", "FriendlyName", "Queue " + i);
    }
    var tasks = Math.max(2 * LATEST, events / OF_ONE_TASK);
    fillPast(site, tasks);
    progress.accept("Its events are there");
    var began = System.nanoTime();
    await(site, tasks / TASKS_OF_ONE_TRANSACTION);
    var seconds = (System.nanoTime() - began) / 1e9;
    progress.accept("Its tallies are there");
    site.rows().sql("VACUUM ANALYZE").update();
    var queue = site.caller().get(path + "/TaskQueues?PageSize=1").text("sid").orElseThrow();
    return new PastMonth(
        (tasks - LATEST) * (double) OF_ONE_TASK / seconds,
        time(site, path + "/CumulativeStatistics?" + MONTH),
        time(site, path + "/TaskQueues/" + queue + "/CumulativeStatistics?" + MONTH),
        time(site, path + "/TaskQueues/Statistics?" + MONTH),
        time(site, path + "/Workers/CumulativeStatistics?Minutes=43200"),
        withTail(site, tasks, path + "/CumulativeStatistics?" + MONTH));
  }

  /** A transaction that stays open keeps all that come after it out of the tallies. */
  private static Percentiles withTail(Site site, int tasks, String path) {
    return site.database()
        .inTransaction(
            open -> {
              open.sql("SELECT pg_current_xact_id()").query(String.class).single();
              fill(site.rows(), site, tasks, 0, LATEST, false);
              return time(site, path);
            });
  }

  private static Percentiles time(Site site, String path) {
    var times = new Percentiles();
    for (var i = -5; i < TURNS; i++) {
      var began = System.nanoTime();
      site.caller().get(path);
      if (i >= 0) {
        times.add(System.nanoTime() - began);
      }
    }
    return times;
  }

  /** Muster counts none of them before all are there, and none of the workplace's own twice. */
  private static void fillPast(Site site, int tasks) {
    site.database()
        .inTransaction(
            rows -> {
              rows.sql(COUNT_ANEW).update();
              var indexes = rows.sql(INDEXES).query(Index.class).list();
              indexes.forEach(index -> rows.sql("DROP INDEX " + index.name()).update());
              fill(rows, site, tasks, LATEST, tasks, true);
              indexes.forEach(index -> rows.sql(index.definition()).update());
              return rows.sql("ANALYZE event").update();
            });
  }

  private static void fill(
      JdbcClient rows, Site site, int tasks, int from, int until, boolean past) {
    rows.sql(FILL)
        .params(
            tasks, past, TASKS_OF_ONE_TRANSACTION, site.workplace().workspaceSid(), from, until - 1)
        .update();
  }

  private static void await(Site site, int transaction) {
    while (site.rows().sql(LEFT.formatted(transaction)).query(Long.class).single() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }
}
