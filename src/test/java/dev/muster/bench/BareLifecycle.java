package dev.muster.bench;

import dev.muster.web.Sid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What a lifecycle writes, in four transactions over one connection, and nothing else. */
final class BareLifecycle implements Runnable {

  private static final String TASK =
      """
      INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds, task_channel_sid,
        workflow_sid, workflow_version, filter_index, target_index, task_queue_sid, queue_entered_at, filter_entered_at,
        entering, virtual_start_at, ignore_capacity, demand_class, rank_priority, rank_time, expires_at, version,
        created_at, updated_at)
      VALUES (?, ?, 'pending', ?, 5, 86400, ?, ?, 1, 1, 0, ?, now(), now(), false, now(), false, ?, -5, ?,
        now() + interval '1 day', 1, now(), now())
      """;

  private static final String EVENT =
      """
      INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data, task_sid, worker_sid,
        reservation_sid, task_queue_sid, workflow_sid)
      VALUES (?, ?, ?, ?, ?, now(), ?, ?, ?, ?, ?, ?)
      """;

  private static final String PROCESS =
      """
      INSERT INTO process_state (workspace_sid, task_sid, version, told_version, changed_at)
      VALUES (?, ?, ?, -1, clock_timestamp())
      ON CONFLICT (workspace_sid, task_sid) DO UPDATE SET version = EXCLUDED.version
      """;

  private static final String MOVE =
      """
      UPDATE task SET %s status = ?, offers = offers + ?, version = version + 1, updated_at = now()
      WHERE workspace_sid = ? AND sid = ? AND status = ?
      """;

  private static final String OFFER_TASK = MOVE.formatted("");
  private static final String ASSIGN_TASK =
      MOVE.formatted("assigned_until = now() + interval '1 day',");
  private static final String END_TASK =
      MOVE.formatted("hidden_at = now() + interval '5 minutes',");

  private static final String RESERVATION =
      """
      INSERT INTO reservation (workspace_sid, sid, task_sid, worker_sid, worker_name, task_queue_sid, task_channel_sid,
        status, expires_at, version, created_at, updated_at)
      VALUES (?, ?, ?, ?, 'Worker 1', ?, ?, 'pending', now() + interval '2 minutes', 1, now(), now())
      """;

  private static final String ANSWER =
      """
      UPDATE reservation SET status = ?, answered_at = now(), version = version + 1, updated_at = now()
      WHERE workspace_sid = ? AND sid = ? AND status = ?
      """;

  private static final String IDLE =
      "UPDATE worker SET idle_since = now(), version = version + 1 WHERE workspace_sid = ? AND sid = ?";

  private static final String CHANNEL =
      """
      UPDATE worker_channel SET %s
      WHERE workspace_sid = ? AND worker_sid = ? AND task_channel_sid = ?
      """;

  private static final String TAKE =
      CHANNEL.formatted("reserved = reserved + 1, idle_since = now()");
  private static final String RELEASE = CHANNEL.formatted("reserved = reserved - 1");
  private static final String ASSIGN = CHANNEL.formatted("assigned = assigned + 1");
  private static final String UNASSIGN = CHANNEL.formatted("assigned = assigned - 1");

  private final Connection connection;
  private final BareSample like;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  BareLifecycle(Connection connection, BareSample like) {
    this.connection = connection;
    this.like = like;
  }

  @Override
  public void run() {
    var task = Sid.next("WT");
    var reservation = Sid.next("WR");
    var worker = like.workers().get(ThreadLocalRandom.current().nextInt(like.workers().size()));
    try {
      create(task);
      offer(task, reservation, worker);
      accept(task, reservation, worker);
      complete(task, reservation, worker);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void create(String task) throws SQLException {
    var rank = System.nanoTime();
    var demand = new UUID(like.queue().hashCode(), 0);
    write(
        TASK,
        like.workspace(),
        task,
        like.attributes(),
        like.channel(),
        like.workflow(),
        like.queue(),
        demand,
        rank);
    events(
        task,
        null,
        null,
        "workflow.entered",
        "task-queue.entered",
        "task.created",
        "workflow.target-matched");
    write(PROCESS, like.workspace(), task, 1);
    connection.commit();
  }

  private void offer(String task, String reservation, String worker) throws SQLException {
    write(OFFER_TASK, "reserved", 1, like.workspace(), task, "pending");
    write(TAKE, like.workspace(), worker, like.channel());
    write(IDLE, like.workspace(), worker);
    write(RESERVATION, like.workspace(), reservation, task, worker, like.queue(), like.channel());
    events(task, reservation, worker, "reservation.created");
    write(PROCESS, like.workspace(), task, 2);
    connection.commit();
  }

  private void accept(String task, String reservation, String worker) throws SQLException {
    write(ANSWER, "accepted", like.workspace(), reservation, "pending");
    write(ASSIGN_TASK, "assigned", 0, like.workspace(), task, "reserved");
    write(PROCESS, like.workspace(), task, 3);
    write(ASSIGN, like.workspace(), worker, like.channel());
    events(task, reservation, worker, "reservation.accepted");
    connection.commit();
  }

  private void complete(String task, String reservation, String worker) throws SQLException {
    write(END_TASK, "completed", 0, like.workspace(), task, "assigned");
    write(PROCESS, like.workspace(), task, 4);
    write(ANSWER, "completed", like.workspace(), reservation, "accepted");
    write(RELEASE, like.workspace(), worker, like.channel());
    events(task, reservation, worker, "reservation.completed");
    write(UNASSIGN, like.workspace(), worker, like.channel());
    events(task, null, null, "task.completed", "task.updated");
    connection.commit();
  }

  private void events(String task, String reservation, String worker, String... types)
      throws SQLException {
    var statement = prepared(EVENT);
    for (var type : types) {
      if (reservation == null) {
        set(statement, like.workspace(), Sid.next("EV"), type, "task", task);
        statement.setObject(6, like.taskData(), Types.OTHER);
      } else {
        set(statement, like.workspace(), Sid.next("EV"), type, "reservation", reservation);
        statement.setObject(6, like.reservationData(), Types.OTHER);
      }
      statement.setString(7, task);
      statement.setString(8, worker);
      statement.setString(9, reservation);
      statement.setString(10, like.queue());
      statement.setString(11, like.workflow());
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private void write(String sql, Object... values) throws SQLException {
    var statement = prepared(sql);
    set(statement, values);
    if (statement.executeUpdate() != 1) {
      throw new IllegalStateException("Expected to write one row, but did not: " + sql);
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }
}
