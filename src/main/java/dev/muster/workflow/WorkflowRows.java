package dev.muster.workflow;

import dev.muster.queue.TaskQueueSid;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.workflow.Published.WaitingTasks;
import dev.muster.workspace.TaskDoor;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The statements about single workflows and their versions. */
@Repository
class WorkflowRows {

  private static final String SELECT =
      """
      SELECT w.*, v.configuration FROM workflow w
      JOIN workflow_version v ON v.workspace_sid = w.workspace_sid AND v.workflow_sid = w.sid AND v.version = w.version
      WHERE w.workspace_sid = :workspace""";

  private static final String INSERT =
      """
      INSERT INTO workflow (workspace_sid, sid, friendly_name, version, assignment_callback_url,
        fallback_assignment_callback_url, task_reservation_timeout_seconds, created_at, updated_at)
      VALUES (:workspace, :sid, :name, :version, :callback, :fallback, :timeout, :now, :now)
      """;

  private static final String UPDATE =
      """
      UPDATE workflow SET version = :version, friendly_name = :name, assignment_callback_url = :callback,
        fallback_assignment_callback_url = :fallback, task_reservation_timeout_seconds = :timeout, updated_at = :now
      WHERE workspace_sid = :workspace AND sid = :sid
      """;

  private static final String INSERT_VERSION =
      """
      INSERT INTO workflow_version (workspace_sid, workflow_sid, version, configuration, author, comment, created_at)
      VALUES (:workspace, :sid, :version, :configuration, :author, :comment, :now)
      """;

  private static final String INSERT_QUEUES =
      """
      INSERT INTO workflow_queue (workspace_sid, workflow_sid, version, named, task_queue_sid)
      SELECT :workspace, :sid, :version, q.named, q.sid FROM unnest(:named::text[], :queues::text[]) AS q (named, sid)
      """;

  private static final String QUEUES =
      """
      SELECT named, task_queue_sid FROM workflow_queue
      WHERE workspace_sid = :workspace AND workflow_sid = :sid AND version = :version
      """;

  /** With those that come back if nobody takes them. */
  private static final String LIVE_TASKS =
      """
      SELECT count(*) FROM (
        SELECT 1 FROM task WHERE workspace_sid = :workspace AND workflow_sid = :sid
          AND status IN ('pending', 'reserved', 'assigned', 'wrapping')
        UNION ALL
        SELECT 1 FROM transfer
        WHERE workspace_sid = :workspace AND initiating_workflow_sid = :sid AND status = 'initiated'
        LIMIT :most) AS live
      """;

  private static final String WAITING_TASKS =
      """
      SELECT count(*) FILTER (WHERE workflow_version = :version) AS on_this_version,
        count(*) FILTER (WHERE workflow_version <> :version) AS on_earlier_versions
      FROM task WHERE workspace_sid = :workspace AND workflow_sid = :sid AND status IN ('pending', 'reserved')
      """;

  private static final RowMapper<Workflow> ROW =
      (row, number) ->
          new Workflow(
              new WorkflowSid(row.getString("sid")),
              row.getString("friendly_name"),
              row.getInt("version"),
              row.getString("configuration"),
              url(row.getString("assignment_callback_url")),
              url(row.getString("fallback_assignment_callback_url")),
              row.getInt("task_reservation_timeout_seconds"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;

  WorkflowRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  int count(WorkspaceSid workspace) {
    return jdbc.sql("SELECT count(*) FROM workflow WHERE workspace_sid = :workspace")
        .param("workspace", workspace.value())
        .query(Integer.class)
        .single();
  }

  Optional<Workflow> find(WorkspaceSid workspace, WorkflowSid sid) {
    return sql(SELECT + " AND w.sid = :sid", workspace, sid).query(ROW).optional();
  }

  /** Locks the workflow's row. */
  Optional<Workflow> hold(WorkspaceSid workspace, WorkflowSid sid) {
    return sql(SELECT + " AND w.sid = :sid FOR UPDATE OF w", workspace, sid).query(ROW).optional();
  }

  Page<Workflow> list(WorkspaceSid workspace, @Nullable String name, PageRequest page) {
    return Listing.of(jdbc, SELECT, "w.sid", ROW)
        .with("workspace", workspace.value())
        .filter("lower(w.friendly_name) = lower(:name)", "name", name)
        .page(page, workflow -> workflow.sid().value());
  }

  void insert(WorkspaceSid workspace, WorkflowSid sid, WorkflowSetup wanted, Instant now) {
    write(INSERT, workspace, sid, wanted, 1, now);
  }

  void update(
      WorkspaceSid workspace, WorkflowSid sid, WorkflowSetup wanted, int version, Instant now) {
    write(UPDATE, workspace, sid, wanted, version, now);
  }

  private void write(
      String statement,
      WorkspaceSid workspace,
      WorkflowSid sid,
      WorkflowSetup wanted,
      int version,
      Instant now) {
    sql(statement, workspace, sid)
        .param("name", wanted.friendlyName())
        .param("version", version)
        .param("callback", text(wanted.assignmentCallbackUrl()))
        .param("fallback", text(wanted.fallbackAssignmentCallbackUrl()))
        .param("timeout", wanted.taskReservationTimeoutSeconds())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Keeps a document as a version, and which queues it names.
   *
   * @param queues by what the document calls them
   */
  void addVersion(
      WorkspaceSid workspace,
      WorkflowSid sid,
      int version,
      String configuration,
      Map<String, TaskQueueSid> queues,
      Authorship authorship,
      Instant now) {
    sql(INSERT_VERSION, workspace, sid)
        .param("version", version)
        .param("configuration", configuration)
        .param("author", authorship.author())
        .param("comment", authorship.comment())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    sql(INSERT_QUEUES, workspace, sid)
        .param("version", version)
        .param("named", queues.keySet().toArray(String[]::new))
        .param("queues", queues.values().stream().map(TaskQueueSid::value).toArray(String[]::new))
        .update();
  }

  /** The queues of a version, by what its document calls them. */
  Map<String, TaskQueueSid> queues(WorkspaceSid workspace, WorkflowSid sid, int version) {
    var queues = new HashMap<String, TaskQueueSid>();
    sql(QUEUES, workspace, sid)
        .param("version", version)
        .query(
            row -> {
              queues.put(row.getString("named"), new TaskQueueSid(row.getString("task_queue_sid")));
            });
    return queues;
  }

  /**
   * How many tasks of the workflow are not over, counted up to {@code most}; no other comes in
   * until the transaction ends.
   */
  int liveTasks(WorkspaceSid workspace, WorkflowSid sid, int most) {
    TaskDoor.close(jdbc, workspace);
    return sql(LIVE_TASKS, workspace, sid).param("most", most).query(Integer.class).single();
  }

  WaitingTasks waitingTasks(WorkspaceSid workspace, WorkflowSid sid, int version) {
    return sql(WAITING_TASKS, workspace, sid)
        .param("version", version)
        .query(
            (row, number) ->
                new WaitingTasks(row.getInt("on_this_version"), row.getInt("on_earlier_versions")))
        .single();
  }

  void delete(WorkspaceSid workspace, WorkflowSid sid) {
    sql("DELETE FROM workflow WHERE workspace_sid = :workspace AND sid = :sid", workspace, sid)
        .update();
  }

  private StatementSpec sql(String statement, WorkspaceSid workspace, WorkflowSid sid) {
    return jdbc.sql(statement).param("workspace", workspace.value()).param("sid", sid.value());
  }

  private static @Nullable String text(@Nullable URI url) {
    return url == null ? null : url.toString();
  }

  private static @Nullable URI url(@Nullable String text) {
    return text == null ? null : URI.create(text);
  }
}
