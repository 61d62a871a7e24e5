package dev.muster.queue;

import dev.muster.queue.TaskQueue.NamedActivity;
import dev.muster.web.Refused;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.TaskDoor;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements about single queues. */
@Repository
class QueueRows {

  static final String SELECT =
      """
      SELECT q.*, r.friendly_name AS reservation_activity_name,
             a.friendly_name AS assignment_activity_name
      FROM task_queue q
      LEFT JOIN activity r ON r.workspace_sid = q.workspace_sid AND r.sid = q.reservation_activity_sid
      LEFT JOIN activity a ON a.workspace_sid = q.workspace_sid AND a.sid = q.assignment_activity_sid
      WHERE q.workspace_sid = :workspace
      """;

  static final RowMapper<TaskQueue> ROW =
      (row, number) ->
          new TaskQueue(
              new TaskQueueSid(row.getString("sid")),
              row.getString("friendly_name"),
              row.getString("target_workers"),
              row.getInt("max_reserved_workers"),
              TaskOrder.valueOf(row.getString("task_order")),
              activity(row, "reservation_activity"),
              activity(row, "assignment_activity"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private static final String INSERT =
      """
      INSERT INTO task_queue (workspace_sid, sid, friendly_name, target_workers, max_reserved_workers,
                              task_order, reservation_activity_sid, assignment_activity_sid,
                              created_at, updated_at)
      VALUES (:workspace, :sid, :friendlyName, :targetWorkers, :maxReservedWorkers, :taskOrder,
              :reservationActivity, :assignmentActivity, :now, :now)
      """;

  private static final String UPDATE =
      """
      UPDATE task_queue
      SET friendly_name = :friendlyName,
          target_workers = :targetWorkers,
          max_reserved_workers = :maxReservedWorkers,
          task_order = :taskOrder,
          reservation_activity_sid = :reservationActivity,
          assignment_activity_sid = :assignmentActivity,
          updated_at = :now
      WHERE workspace_sid = :workspace AND sid = :sid
      """;

  private static final String HOLD_NAMED =
      """
      SELECT d.named, q.sid
      FROM unnest(:named::text[]) AS d (named)
      JOIN task_queue q ON q.workspace_sid = :workspace
       AND (q.sid = d.named OR lower(q.friendly_name) = lower(d.named))
      ORDER BY q.sid
      FOR KEY SHARE OF q
      """;

  private static final String NAMES =
      "SELECT sid, friendly_name FROM task_queue WHERE workspace_sid = :workspace";

  private static final String HOLD_ACTIVITIES =
      """
      SELECT sid FROM activity
      WHERE workspace_sid = :workspace AND sid = ANY (:sids)
      ORDER BY sid
      FOR KEY SHARE
      """;

  /** With those that come back if nobody takes them. */
  private static final String LIVE_TASKS =
      """
      SELECT (SELECT count(*) FROM task
              WHERE workspace_sid = :workspace AND task_queue_sid = :sid
                AND status IN ('pending', 'reserved', 'assigned', 'wrapping'))
           + (SELECT count(*) FROM transfer
              WHERE workspace_sid = :workspace AND initiating_queue_sid = :sid AND status = 'initiated')
      """;

  private static final String WORKFLOWS =
      """
      SELECT DISTINCT f.sid
      FROM workflow_queue u
      JOIN workflow f ON f.workspace_sid = u.workspace_sid AND f.sid = u.workflow_sid
      WHERE u.workspace_sid = :workspace AND u.task_queue_sid = :sid
        AND (u.version = f.version
             OR EXISTS (SELECT 1 FROM task t
                        WHERE t.workspace_sid = u.workspace_sid
                          AND t.workflow_sid = u.workflow_sid AND t.workflow_version = u.version
                          AND t.status IN ('pending', 'reserved', 'assigned', 'wrapping')))
      ORDER BY f.sid
      LIMIT 10
      """;

  private final JdbcClient jdbc;

  QueueRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  int count(WorkspaceSid workspace) {
    return jdbc.sql("SELECT count(*) FROM task_queue WHERE workspace_sid = :workspace")
        .param("workspace", workspace.value())
        .query(Integer.class)
        .single();
  }

  Optional<TaskQueue> find(WorkspaceSid workspace, TaskQueueSid sid) {
    return select(workspace, sid, "");
  }

  Optional<TaskQueue> hold(WorkspaceSid workspace, TaskQueueSid sid) {
    return select(workspace, sid, " FOR NO KEY UPDATE OF q");
  }

  Optional<TaskQueue> holdToDelete(WorkspaceSid workspace, TaskQueueSid sid) {
    return select(workspace, sid, " FOR UPDATE OF q");
  }

  /** PostgreSQL takes no NUL in a text, so no queue has one in its name. */
  Map<String, TaskQueueSid> holdNamed(WorkspaceSid workspace, Collection<String> named) {
    var found = new HashMap<String, TaskQueueSid>();
    jdbc.sql(HOLD_NAMED)
        .param("workspace", workspace.value())
        .param(
            "named", named.stream().filter(name -> name.indexOf('\0') < 0).toArray(String[]::new))
        .query(
            row -> {
              var name = row.getString("named");
              found.merge(
                  name,
                  new TaskQueueSid(row.getString("sid")),
                  (one, other) -> one.value().equals(name) ? one : other);
            });
    return found;
  }

  /** Friendly names by sid. */
  Map<String, String> names(WorkspaceSid workspace) {
    var names = new HashMap<String, String>();
    jdbc.sql(NAMES)
        .param("workspace", workspace.value())
        .query(
            row -> {
              names.put(row.getString("sid"), row.getString("friendly_name"));
            });
    return names;
  }

  /**
   * Keeps the queue's activities from being deleted meanwhile.
   *
   * @throws Refused if one of them does not exist
   */
  void holdActivities(WorkspaceSid workspace, QueueSettings queue) {
    var wanted =
        Stream.of(queue.reservationActivitySid(), queue.assignmentActivitySid())
            .filter(Objects::nonNull)
            .map(ActivitySid::value)
            .collect(Collectors.toSet());
    var existing =
        jdbc.sql(HOLD_ACTIVITIES)
            .param("workspace", workspace.value())
            .param("sids", wanted.toArray(String[]::new))
            .query(String.class)
            .list();
    var missing = new HashSet<>(wanted);
    existing.forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw Refused.invalid(
          "Expected ReservationActivitySid and AssignmentActivitySid to name activities of the workspace, but there is no %s",
          String.join(", ", missing));
    }
  }

  void insert(WorkspaceSid workspace, TaskQueueSid sid, QueueSettings queue, Instant now) {
    write(INSERT, workspace, sid, queue, now);
  }

  void update(WorkspaceSid workspace, TaskQueueSid sid, QueueSettings queue, Instant now) {
    write(UPDATE, workspace, sid, queue, now);
  }

  /** How many tasks of the queue are not over; no other comes in until the transaction ends. */
  int liveTasks(WorkspaceSid workspace, TaskQueueSid sid) {
    TaskDoor.close(jdbc, workspace);
    return sql(LIVE_TASKS, workspace, sid).query(Integer.class).single();
  }

  /** Sids of workflows that a task may still follow into the queue, ten at most. */
  List<String> workflows(WorkspaceSid workspace, TaskQueueSid sid) {
    return sql(WORKFLOWS, workspace, sid).query(String.class).list();
  }

  void delete(WorkspaceSid workspace, TaskQueueSid sid) {
    sql("DELETE FROM task_queue WHERE workspace_sid = :workspace AND sid = :sid", workspace, sid)
        .update();
  }

  private void write(
      String sql, WorkspaceSid workspace, TaskQueueSid sid, QueueSettings queue, Instant now) {
    sql(sql, workspace, sid)
        .param("friendlyName", queue.friendlyName())
        .param("targetWorkers", queue.targetWorkers())
        .param("maxReservedWorkers", queue.maxReservedWorkers())
        .param("taskOrder", Objects.toString(queue.taskOrder()))
        .param("reservationActivity", value(queue.reservationActivitySid()))
        .param("assignmentActivity", value(queue.assignmentActivitySid()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private Optional<TaskQueue> select(WorkspaceSid workspace, TaskQueueSid sid, String lock) {
    return sql(SELECT + " AND q.sid = :sid" + lock, workspace, sid).query(ROW).optional();
  }

  private JdbcClient.StatementSpec sql(String sql, WorkspaceSid workspace, TaskQueueSid sid) {
    return jdbc.sql(sql).param("workspace", workspace.value()).param("sid", sid.value());
  }

  private static @Nullable NamedActivity activity(ResultSet row, String column)
      throws SQLException {
    var sid = row.getString(column + "_sid");
    return sid == null
        ? null
        : new NamedActivity(
            new ActivitySid(sid), Objects.toString(row.getString(column + "_name"), ""));
  }

  private static @Nullable String value(@Nullable ActivitySid sid) {
    return sid == null ? null : sid.value();
  }
}
