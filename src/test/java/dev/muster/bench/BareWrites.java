package dev.muster.bench;

import dev.muster.local.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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

  static BareWrites measure(
      Database database, Workplace workplace, CpuUse processors, BenchSettings settings) {
    var connections = new ArrayList<Connection>();
    try (var watcher = connect(database, "public")) {
      copyTables(watcher);
      var samples = samples(watcher, workplace.workspaceSid());
      var scripts = new ArrayList<BareLifecycle>();
      for (var sample : samples) {
        var connection = connect(database, "bare");
        connection.setAutoCommit(false);
        connections.add(connection);
        scripts.add(new BareLifecycle(connection, sample));
      }
      Crew.work(BenchSettings.CLIENTS, settings.warmUp(), scripts::get);
      var before = DatabaseWork.now(watcher);
      processors.begin();
      var tally = Crew.work(BenchSettings.CLIENTS, settings.span(), scripts::get);
      var cpu = processors.end();
      for (var connection : connections) {
        connection.close();
      }
      return new BareWrites(tally, cpu, DatabaseWork.now(watcher).since(before));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the driver's settings that Muster has. */
  private static Connection connect(Database database, String schema) throws SQLException {
    return DriverManager.getConnection(
        database.url() + "?reWriteBatchedInserts=true&prepareThreshold=3&currentSchema=" + schema,
        database.username(),
        database.password());
  }

  private static void copyTables(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA bare");
      for (var table : TABLES) {
        statement.execute(
            "CREATE TABLE bare.%1$s (LIKE public.%1$s INCLUDING ALL)".formatted(table));
      }
      statement.execute("INSERT INTO bare.worker SELECT * FROM public.worker");
      statement.execute(
          """
          INSERT INTO bare.worker_channel (workspace_sid, worker_sid, task_channel_sid, sid, capacity, available,
            worker_available, idle_since, created_at, updated_at)
          SELECT workspace_sid, worker_sid, task_channel_sid, sid, capacity, available, worker_available, idle_since,
            created_at, updated_at
          FROM public.worker_channel
          """);
    }
  }

  /** One for each connection, with workers of its own. */
  private static List<BareSample> samples(Connection connection, String workspace)
      throws SQLException {
    var workers = workers(connection);
    var share = workers.size() / BenchSettings.CLIENTS;
    try (var statement = connection.prepareStatement(SAMPLE)) {
      statement.setString(1, workspace);
      try (var row = statement.executeQuery()) {
        row.next();
        var samples = new ArrayList<BareSample>();
        for (var i = 0; i < BenchSettings.CLIENTS; i++) {
          samples.add(
              new BareSample(
                  workspace,
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  workers.subList(i * share, (i + 1) * share)));
        }
        return samples;
      }
    }
  }

  private static List<String> workers(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT sid FROM worker ORDER BY sid")) {
      var workers = new ArrayList<String>();
      while (row.next()) {
        workers.add(row.getString(1));
      }
      return workers;
    }
  }
}
