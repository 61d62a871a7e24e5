package dev.muster.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * How long a supervisor waits for the figures of 30 days with 5,000,000 events, while none are
 * being added.
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

  static final int EVENTS = 5_000_000;

  private static final int OF_ONE_TASK = 10;
  private static final int LATEST = 1_000;
  private static final int OF_ONE_TRANSACTION = 50_000;
  private static final int QUEUES = 50;
  private static final int TURNS = 50;
  private static final String MONTH = "Minutes=43200&SplitByWaitTime=20,60,300";

  /** Each task has ten events, some seconds apart; the tenth is a worker's change of activity. */
  private static final String FILL =
      """
      INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data, task_sid, worker_sid,
        task_queue_sid, workflow_sid)
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
        CASE WHEN k.type LIKE 'worker%' THEN NULL ELSE 'WT' || lpad(to_hex(g), 32, '0') END,
        CASE WHEN k.n > 3 THEN w.workers[1 + g % cardinality(w.workers)] END,
        w.queues[1 + g % cardinality(w.queues)], w.workflow
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

  private static final String LEFT =
      "SELECT count(*) FROM event WHERE tx >= (SELECT counted_before FROM tally_progress)";

  static PastMonth measure(Site site, Consumer<String> progress) {
    var path = site.workplace().path();
    for (var i = 2; i < QUEUES; i++) {
      site.caller().post(path + "/TaskQueues", "FriendlyName", "Queue " + i);
    }
    var tasks = EVENTS / OF_ONE_TASK;
    var ofOneTransaction = OF_ONE_TRANSACTION / OF_ONE_TASK;
    for (var from = LATEST; from < tasks; from += ofOneTransaction) {
      fill(site, tasks, from, Math.min(tasks, from + ofOneTransaction));
    }
    progress.accept("Its events are there");
    var began = System.nanoTime();
    var left = number(site.connection(), LEFT);
    await(site.connection());
    var seconds = (System.nanoTime() - began) / 1e9;
    progress.accept("Its tallies are there");
    execute(site.connection(), "VACUUM ANALYZE");
    var queue = site.caller().get(path + "/TaskQueues?PageSize=1").text("sid").orElseThrow();
    return new PastMonth(
        left / seconds,
        time(site, path + "/CumulativeStatistics?" + MONTH),
        time(site, path + "/TaskQueues/" + queue + "/CumulativeStatistics?" + MONTH),
        time(site, path + "/TaskQueues/Statistics?" + MONTH),
        time(site, path + "/Workers/CumulativeStatistics?Minutes=43200"),
        withTail(site, tasks, path + "/CumulativeStatistics?" + MONTH));
  }

  /** A transaction that stays open keeps all that come after it out of the tallies. */
  private static Percentiles withTail(Site site, int tasks, String path) {
    var database = site.database();
    try (var open =
        DriverManager.getConnection(database.url(), database.username(), database.password())) {
      open.setAutoCommit(false);
      execute(open, "SELECT pg_current_xact_id()");
      fill(site, tasks, 0, LATEST);
      return time(site, path);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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

  private static void fill(Site site, int tasks, int from, int until) {
    try (var statement = site.connection().prepareStatement(FILL)) {
      statement.setInt(1, tasks);
      statement.setString(2, site.workplace().workspaceSid());
      statement.setInt(3, from);
      statement.setInt(4, until - 1);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(Connection connection) {
    while (number(connection, LEFT) > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private static long number(Connection connection, String sql) {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
