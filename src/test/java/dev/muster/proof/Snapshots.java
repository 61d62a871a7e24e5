package dev.muster.proof;

import dev.muster.local.Database;
import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ChannelRow;
import dev.muster.proof.Snapshot.QueueRow;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.TransferRow;
import dev.muster.proof.Snapshot.WorkerRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads workspaces, each at one moment and on one way to the database. */
final class Snapshots implements AutoCloseable {

  private static final String CONFIGURATION =
      "SELECT configuration FROM workflow_version WHERE workspace_sid = ? AND version = ?";

  /** Sent at once, with the transaction that holds the moment still. */
  private static final String ALL =
      """
      BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

      SELECT t.sid, t.status, t.transfer, t.transferred_by, t.assigned_until, t.hidden_at, t.version, t.attributes, t.priority, t.task_channel_sid, t.workflow_version,
        t.filter_index, t.target_index, t.task_queue_sid, t.step_expires_at, t.entering, t.ignore_capacity,
        t.routing_target, t.declined_by, t.retry_at, t.expires_at, t.reason, t.rank_priority, t.rank_time,
        t.virtual_start_at, coalesce(p.version, -1) AS process_version
      FROM task t LEFT JOIN process_state p ON p.workspace_sid = t.workspace_sid AND p.task_sid = t.sid
      WHERE t.workspace_sid = ?;

      SELECT r.sid, r.task_sid, r.worker_sid, r.task_queue_sid, r.task_channel_sid, r.status, r.version,
        r.created_at, r.expires_at, r.previous_activity_sid, r.post_work_activity_sid, t.sid IS NOT NULL AS has_task
      FROM reservation r LEFT JOIN task t ON t.workspace_sid = r.workspace_sid AND t.sid = r.task_sid
      WHERE r.workspace_sid = ?
        AND (t.sid IS NOT NULL OR r.status IN ('pending', 'accepted', 'wrapping'))
      ORDER BY r.sid;

      SELECT x.* FROM transfer x JOIN task t ON t.workspace_sid = x.workspace_sid AND t.sid = x.task_sid
      WHERE x.workspace_sid = ?;

      SELECT c.worker_sid, c.task_channel_sid, c.capacity, c.available, c.worker_available, c.reserved, c.assigned
      FROM worker_channel c WHERE c.workspace_sid = ?;

      SELECT w.sid, w.friendly_name, w.attributes, w.activity_sid, w.available, w.idle_since, w.version,
        ARRAY(SELECT m.task_queue_sid FROM queue_member m
          WHERE m.workspace_sid = w.workspace_sid AND m.worker_sid = w.sid) AS queues
      FROM worker w WHERE w.workspace_sid = ?;

      SELECT q.sid, q.target_workers, q.task_order, q.max_reserved_workers
      FROM task_queue q WHERE q.workspace_sid = ?;

      SELECT f.version FROM workflow f WHERE f.workspace_sid = ?;

      COMMIT
      """;

  private static final int QUERIES = 7;

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private final Map<String, Wanted> wanted = new HashMap<>();
  private final Connection connection;
  private final PreparedStatement statement;

  Snapshots(Database database) throws SQLException {
    connection = database.source().getConnection();
    try (var setting = connection.createStatement()) {
      setting.execute(Node.PLAN_ONCE_FOR_FULL_TABLES);
    }
    statement = connection.prepareStatement(ALL);
  }

  synchronized Snapshot of(String workspace) {
    try {
      return read(workspace);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a version of the workspace's only workflow was written as. */
  synchronized String configuration(String workspace, int version) {
    try (var query = connection.prepareStatement(CONFIGURATION)) {
      query.setString(1, workspace);
      query.setInt(2, version);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getString("configuration");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Snapshot read(String workspace) throws SQLException {
    for (var i = 1; i <= QUERIES; i++) {
      statement.setString(i, workspace);
    }
    statement.execute();
    var tasks = new TreeMap<String, TaskRow>();
    each(row -> put(tasks, task(row)));
    var reservations = new TreeMap<String, ReservationRow>();
    var byTask = new HashMap<String, List<ReservationRow>>();
    var strays = new int[1];
    each(
        row -> {
          if (row.getBoolean("has_task")) {
            var reservation = reservation(row);
            put(reservations, reservation);
            byTask.computeIfAbsent(reservation.task(), task -> new ArrayList<>()).add(reservation);
          } else {
            strays[0]++;
          }
        });
    var transfers = new TreeMap<String, TransferRow>();
    each(row -> transfers.put(row.getString("sid"), transfer(row)));
    var channels = new HashMap<String, Map<String, ChannelRow>>();
    each(
        row ->
            channels
                .computeIfAbsent(row.getString("worker_sid"), sid -> new HashMap<>())
                .put(row.getString("task_channel_sid"), channel(row)));
    var workers = new TreeMap<String, WorkerRow>();
    each(row -> put(workers, worker(row, channels)));
    var queues = new TreeMap<String, QueueRow>();
    each(row -> put(queues, queue(row)));
    var workflowVersion = new int[1];
    each(row -> workflowVersion[0] = row.getInt("version"));
    return new Snapshot(
        tasks, reservations, byTask, transfers, workers, queues, workflowVersion[0], strays[0]);
  }

  /** Reads the next result; the first of all is that of BEGIN, which has no rows. */
  private void each(Row mapper) throws SQLException {
    statement.getMoreResults();
    try (var rows = statement.getResultSet()) {
      while (rows.next()) {
        mapper.read(rows);
      }
    }
  }

  private static void put(Map<String, TaskRow> rows, TaskRow row) {
    rows.put(row.sid(), row);
  }

  private static void put(Map<String, ReservationRow> rows, ReservationRow row) {
    rows.put(row.sid(), row);
  }

  private static void put(Map<String, WorkerRow> rows, WorkerRow row) {
    rows.put(row.sid(), row);
  }

  private static void put(Map<String, QueueRow> rows, QueueRow row) {
    rows.put(row.sid(), row);
  }

  private TaskRow task(ResultSet row) throws SQLException {
    return new TaskRow(
        row.getString("sid"),
        row.getString("status"),
        row.getString("transfer"),
        row.getString("transferred_by"),
        row.getInt("version"),
        row.getString("attributes"),
        row.getInt("priority"),
        row.getString("task_channel_sid"),
        row.getInt("workflow_version"),
        new Place(row.getInt("filter_index"), row.getInt("target_index")),
        row.getString("task_queue_sid"),
        instant(row.getTimestamp("step_expires_at")),
        row.getBoolean("entering"),
        row.getBoolean("ignore_capacity"),
        row.getString("routing_target"),
        List.of((String[]) row.getArray("declined_by").getArray()),
        instant(row.getTimestamp("retry_at")),
        row.getTimestamp("expires_at").toInstant(),
        instant(row.getTimestamp("assigned_until")),
        instant(row.getTimestamp("hidden_at")),
        row.getString("reason"),
        row.getInt("rank_priority"),
        row.getLong("rank_time"),
        row.getTimestamp("virtual_start_at").toInstant(),
        row.getInt("process_version"),
        wanted.computeIfAbsent(row.getString("attributes"), Wanted::of));
  }

  private static ReservationRow reservation(ResultSet row) throws SQLException {
    return new ReservationRow(
        row.getString("sid"),
        row.getString("task_sid"),
        row.getString("worker_sid"),
        row.getString("task_queue_sid"),
        row.getString("task_channel_sid"),
        row.getString("status"),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        row.getString("previous_activity_sid"),
        row.getString("post_work_activity_sid"));
  }

  private static TransferRow transfer(ResultSet row) throws SQLException {
    return new TransferRow(
        row.getString("sid"),
        row.getString("task_sid"),
        row.getString("initiating_worker_sid"),
        row.getString("initiating_reservation_sid"),
        row.getString("mode"),
        row.getString("to_sid"),
        row.getString("status"),
        new Place(row.getInt("filter_index"), row.getInt("target_index")),
        row.getInt("workflow_version"),
        row.getString("initiating_queue_sid"),
        row.getString("routing_target"),
        row.getBoolean("ignore_capacity"));
  }

  private static ChannelRow channel(ResultSet row) throws SQLException {
    return new ChannelRow(
        row.getInt("capacity"),
        row.getBoolean("available"),
        row.getBoolean("worker_available"),
        row.getInt("reserved"),
        row.getInt("assigned"));
  }

  private static WorkerRow worker(ResultSet row, Map<String, Map<String, ChannelRow>> channels)
      throws SQLException {
    var sid = row.getString("sid");
    return new WorkerRow(
        sid,
        row.getString("friendly_name"),
        row.getString("attributes"),
        row.getString("activity_sid"),
        row.getBoolean("available"),
        row.getTimestamp("idle_since").toInstant(),
        row.getInt("version"),
        channels.getOrDefault(sid, Map.of()),
        Set.of((String[]) row.getArray("queues").getArray()));
  }

  private static QueueRow queue(ResultSet row) throws SQLException {
    return new QueueRow(
        row.getString("sid"),
        row.getString("target_workers"),
        row.getString("task_order"),
        row.getInt("max_reserved_workers"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
