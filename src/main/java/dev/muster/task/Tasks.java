package dev.muster.task;

import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.ExpressionError;
import dev.muster.task.TaskChanged.What;
import dev.muster.task.TaskForms.TaskFilter;
import dev.muster.web.IfMatch;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.workspace.TaskDoor;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceDeleted;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tasks of workspaces. The v1 interface knows those that live and those that ended a moment
 * ago; the others are kept for those who ask what happened.
 */
@Repository
public class Tasks {

  private static final String SELECT =
      Task.NAMED.formatted("task") + "WHERE t.workspace_sid = :workspace";

  /**
   * What the v1 interface knows, by two indexes of which neither grows with the tasks that are
   * kept. OFFSET 0 keeps the planner from walking through all of those in the order of the list.
   */
  static final String SHOWN =
      Task.NAMED.formatted(
              """
              (
                SELECT * FROM task WHERE workspace_sid = :workspace
                  AND status IN ('pending', 'reserved', 'assigned', 'wrapping')
                UNION ALL
                (SELECT * FROM task WHERE workspace_sid = :workspace AND hidden_at > :now OFFSET 0)
              )""")
          + "WHERE t.workspace_sid = :workspace";

  private static final String HOLD_ALL =
      """
      SELECT sid FROM task WHERE workspace_sid = :workspace AND sid = ANY(:sids)
      ORDER BY sid FOR UPDATE
      """;

  private final JdbcClient jdbc;
  private final TransferLife transfers;
  private final TaskLog log;

  Tasks(JdbcClient jdbc, TransferLife transfers, TaskLog log) {
    this.jdbc = jdbc;
    this.transfers = transfers;
    this.log = log;
  }

  /** A task, even if it is one that the v1 interface no longer knows. */
  public Optional<Task> find(WorkspaceSid workspace, TaskSid sid) {
    return one(workspace, sid, " AND t.sid = :sid");
  }

  /** Those of the tasks that exist, in any order. */
  public List<Task> findAll(WorkspaceSid workspace, Collection<TaskSid> sids) {
    if (sids.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(SELECT + " AND t.sid = ANY(:sids)")
        .param("workspace", workspace.value())
        .param("sids", sids.stream().map(TaskSid::value).toArray(String[]::new))
        .query(Task::of)
        .list();
  }

  /**
   * A task that the v1 interface knows.
   *
   * @throws Refused as not found
   */
  public Task get(WorkspaceSid workspace, TaskSid sid) {
    return find(workspace, sid).filter(task -> task.isShown(now())).orElseThrow(Refused::notFound);
  }

  /**
   * As {@link #get}, and {@link #lock holds} the task.
   *
   * @throws Refused as not found
   */
  public Task hold(WorkspaceSid workspace, TaskSid sid) {
    return lock(workspace, sid).filter(task -> task.isShown(now())).orElseThrow(Refused::notFound);
  }

  /**
   * Reads a task and holds it until the transaction ends. Whoever changes a task and its
   * reservations holds the task first, so that no two of them wait for each other.
   */
  public Optional<Task> lock(WorkspaceSid workspace, TaskSid sid) {
    return one(workspace, sid, " AND t.sid = :sid FOR UPDATE OF t");
  }

  /**
   * Keeps where tasks may wait as it is until the transaction ends: their queues with their order,
   * and what else they need. Comes before the first task is held that may be led to another step.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void holdPlaces(WorkspaceSid workspace) {
    TaskDoor.share(jdbc, workspace);
  }

  /** Holds several tasks until the transaction ends, in the order of their sids. */
  public void holdAll(WorkspaceSid workspace, Collection<TaskSid> sids) {
    jdbc.sql(HOLD_ALL)
        .param("workspace", workspace.value())
        .param("sids", sids.stream().map(TaskSid::value).toArray(String[]::new))
        .query(String.class)
        .list();
  }

  private Optional<Task> one(WorkspaceSid workspace, TaskSid sid, String condition) {
    return jdbc.sql(SELECT + condition)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(Task::of)
        .optional();
  }

  /**
   * Lists tasks in the order of their creation, or as the filter says.
   *
   * @throws Refused if the filter's expression or order cannot be read
   */
  Page<Task> list(WorkspaceSid workspace, TaskFilter filter, PageRequest page) {
    var listing =
        Listing.of(jdbc, SHOWN, "t.sid", Task::of)
            .with("workspace", workspace.value())
            .with("now", now().atOffset(ZoneOffset.UTC))
            .filter("t.priority = :priority", "priority", filter.priority())
            .filter("t.status = ANY(:statuses)", "statuses", names(filter.assignmentStatus()))
            .filter("t.workflow_sid = :workflow", "workflow", text(filter.workflowSid()))
            .filter(
                "lower(w.friendly_name) = lower(:workflowName)",
                "workflowName",
                filter.workflowName())
            .filter("t.task_queue_sid = :queue", "queue", text(filter.taskQueueSid()))
            .filter(
                "lower(q.friendly_name) = lower(:queueName)", "queueName", filter.taskQueueName())
            .filter("t.routing_target = :target", "target", filter.routingTarget())
            .filter("NOT :hasAddons", "hasAddons", filter.hasAddons());
    TaskOrdering.parse(filter.ordering())
        .forEach(order -> listing.orderBy(order.column(), order.ascending()));
    if (!filter.byExpression()) {
      return listing.page(page, task -> task.sid().value());
    }
    var expression = expression(String.valueOf(filter.evaluateTaskAttributes()));
    return listing.page(
        page,
        task -> task.sid().value(),
        task -> expression.test(Attributes.parse(task.attributes())));
  }

  private static Expression expression(String text) {
    try {
      return Expression.parse(text);
    } catch (ExpressionError error) {
      throw Refused.because("EvaluateTaskAttributes", error);
    }
  }

  private static String @Nullable [] names(List<TaskStatus> statuses) {
    return statuses.isEmpty()
        ? null
        : statuses.stream().map(TaskStatus::wireName).toArray(String[]::new);
  }

  private static @Nullable String text(@Nullable Record sid) {
    return sid == null ? null : sid.toString();
  }

  /**
   * Removes a task at once, whatever its status; its reservations end.
   *
   * @throws Refused as not found; as stale if it has another version than expected
   */
  @Transactional
  public void delete(Tenant tenant, TaskSid sid, IfMatch match) {
    var now = now();
    var held = hold(tenant.workspace(), sid);
    match.check(held.version());
    var task = held.isTransferred() ? transfers.cancel(held, now).orElse(held) : held;
    log.changed(task, What.DELETED);
    log.moved(tenant.workspace(), Map.of(sid, task.version() + 1));
    jdbc.sql("DELETE FROM task WHERE workspace_sid = :workspace AND sid = :sid")
        .param("workspace", tenant.workspace().value())
        .param("sid", sid.value())
        .update();
    log.record(task, now, "task.deleted");
  }

  @EventListener
  void on(WorkspaceDeleted deleted) {
    for (var table : List.of("transfer", "task")) {
      jdbc.sql("DELETE FROM " + table + " WHERE workspace_sid = :workspace")
          .param("workspace", deleted.workspace().value())
          .update();
    }
  }

  Instant now() {
    return log.now();
  }
}
