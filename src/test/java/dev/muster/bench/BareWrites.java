package dev.muster.bench;

import dev.muster.local.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The writes of lifecycles as a bare script makes them: on copies of the same tables with the same
 * indexes, with prepared statements and nothing read, decided or answered. More than this no
 * service could do that keeps the same rows.
 */
record BareWrites(Crew.Tally tally, String cpu, DatabaseWork work) {

  private static final List<String> TABLES =
      List.of("worker", "worker_channel", "task", "reservation", "event", "process_state");

  private static final String SAMPLE =
      """
      SELECT t.task_channel_sid, t.task_queue_sid, t.workflow_sid, t.attributes, e.data,
        (SELECT r.data FROM event r WHERE r.workspace_sid = t.workspace_sid AND r.task_sid = t.sid
           AND r.type = 'reservation.created' LIMIT 1)
      FROM task t JOIN event e ON e.workspace_sid = t.workspace_sid AND e.task_sid = t.sid AND e.type = 'task.created'
      WHERE t.workspace_sid = ? AND t.status = 'completed'
      ORDER BY t.sid LIMIT 1
      """;

  private static final String COPY_CHANNELS =
      """
      INSERT INTO bare.worker_channel (workspace_sid, worker_sid, task_channel_sid, sid, capacity, available,
        worker_available, idle_since, created_at, updated_at)
      SELECT workspace_sid, worker_sid, task_channel_sid, sid, capacity, available, worker_available, idle_since,
        created_at, updated_at
      FROM public.worker_channel
      """;

  static BareWrites measure(
      Database database, Workplace workplace, CpuUse processors, BenchSettings settings) {
    var connections = new ArrayList<Connection>();
    var rows = database.rows();
    copyTables(rows);
    var samples = samples(rows, workplace.workspaceSid());
    try {
      var scripts = new ArrayList<BareLifecycle>();
      for (var sample : samples) {
        var connection = connect(database);
        connection.setAutoCommit(false);
        connections.add(connection);
        scripts.add(new BareLifecycle(connection, sample));
      }
      Crew.work(BenchSettings.CLIENTS, settings.warmUp(), scripts::get);
      var before = DatabaseWork.now(rows);
      processors.begin();
      var tally = Crew.work(BenchSettings.CLIENTS, settings.span(), scripts::get);
      var cpu = processors.end();
      for (var connection : connections) {
        connection.close();
      }
      return new BareWrites(tally, cpu, DatabaseWork.now(rows).since(before));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the driver's settings that Muster has. */
  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(
        database.url() + "?reWriteBatchedInserts=true&prepareThreshold=3&currentSchema=bare",
        database.username(),
        database.password());
  }

  private static void copyTables(JdbcClient rows) {
    rows.sql("CREATE SCHEMA bare").update();
    for (var table : TABLES) {
      rows.sql("CREATE TABLE bare.%1$s (LIKE public.%1$s INCLUDING ALL)".formatted(table)).update();
    }
    rows.sql("INSERT INTO bare.worker SELECT * FROM public.worker").update();
    rows.sql(COPY_CHANNELS).update();
  }

  /** One for each connection, with workers of its own. */
  private static List<BareSample> samples(JdbcClient rows, String workspace) {
    var workers = rows.sql("SELECT sid FROM worker ORDER BY sid").query(String.class).list();
    var share = workers.size() / BenchSettings.CLIENTS;
    return IntStream.range(0, BenchSettings.CLIENTS)
        .mapToObj(i -> sample(rows, workspace, workers.subList(i * share, (i + 1) * share)))
        .toList();
  }

  private static BareSample sample(JdbcClient rows, String workspace, List<String> workers) {
    return rows.sql(SAMPLE)
        .param(workspace)
        .query(
            (row, number) ->
                new BareSample(
                    workspace,
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    workers))
        .single();
  }
}
