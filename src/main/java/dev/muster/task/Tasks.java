package dev.muster.task;

import dev.muster.rules.Expression;
import dev.muster.rules.ExpressionError;
import dev.muster.task.TaskChanged.What;
import dev.muster.task.TaskForms.TaskFilter;
import dev.muster.task.TaskForms.TaskUpdate;
import dev.muster.web.IfMatch;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceDeleted;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tasks of workspaces. */
@Repository
public class Tasks {

  private static final String SELECT =
      Task.NAMED.formatted("task") + "WHERE t.workspace_sid = :workspace";

  private final JdbcClient jdbc;
  private final TaskLog log;
  private final Clock clock;
  private final ApplicationEventPublisher publisher;

  Tasks(JdbcClient jdbc, TaskLog log, Clock clock, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.log = log;
    this.clock = clock;
    this.publisher = publisher;
  }

  public Optional<Task> find(WorkspaceSid workspace, TaskSid sid) {
    return one(workspace, sid, " AND t.sid = :sid");
  }

  public Task get(WorkspaceSid workspace, TaskSid sid) {
    return find(workspace, sid).orElseThrow(Refused::notFound);
  }

  /**
   * Reads a task and holds it until the transaction ends. Whoever changes a task and its
   * reservations holds the task first, so that no two of them wait for each other.
   */
  public Optional<Task> lock(WorkspaceSid workspace, TaskSid sid) {
    return one(workspace, sid, " AND t.sid = :sid FOR UPDATE OF t");
  }

  private Optional<Task> one(WorkspaceSid workspace, TaskSid sid, String condition) {
    return jdbc.sql(SELECT + condition)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(Task::of)
        .optional();
  }

  Page<Task> list(WorkspaceSid workspace, TaskFilter filter, PageRequest page) {
    var listing =
        Listing.of(jdbc, SELECT, "t.sid", Task::of)
            .with("workspace", workspace.value())
            .filter("t.priority = :priority", "priority", filter.priority())
            .filter("t.status = ANY(:statuses)", "statuses", statuses(filter.assignmentStatus()))
            .filter("t.workflow_sid = :workflow", "workflow", text(filter.workflowSid()))
            .filter("w.friendly_name = :workflowName", "workflowName", filter.workflowName())
            .filter("t.task_queue_sid = :queue", "queue", text(filter.taskQueueSid()))
            .filter("q.friendly_name = :queueName", "queueName", filter.taskQueueName())
            .filter("t.routing_target = :target", "target", filter.routingTarget())
            .filter("NOT :hasAddons", "hasAddons", filter.hasAddons());
    TaskOrdering.parse(filter.ordering())
        .forEach(order -> listing.orderBy(order.column(), order.ascending()));
    var condition = attributesFilter(filter.evaluateTaskAttributes());
    return condition == null
        ? listing.page(page, task -> task.sid().value())
        : listing.page(page, task -> task.sid().value(), condition);
  }

  private static @Nullable Predicate<Task> attributesFilter(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      var expression = Expression.parse(text);
      return task -> expression.test(TaskInput.attributes(task.attributes()));
    } catch (ExpressionError error) {
      throw Refused.because("EvaluateTaskAttributes", error);
    }
  }

  private static String @Nullable [] statuses(List<String> names) {
    for (var name : names) {
      try {
        TaskStatus.of(name);
      } catch (IllegalArgumentException expected) {
        throw Refused.invalid(
            "Expected AssignmentStatus to be %s, but got '%s'",
            String.valueOf(expected.getMessage()), name);
      }
    }
    return names.isEmpty() ? null : names.toArray(String[]::new);
  }

  private static @Nullable String text(@Nullable Record sid) {
    return sid == null ? null : sid.toString();
  }

  /** Changes what a task says of itself; a task that waits is then routed by what it says now. */
  Task change(Task task, TaskUpdate form, @Nullable String channel) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (form.attributes() != null) {
      TaskInput.attributes(TaskInput.attributesText(form.attributes()));
    }
    var virtualStart =
        form.virtualStartTime() == null
            ? task.virtualStartAt()
            : TaskInput.virtualStart(form.virtualStartTime(), now);
    var changed =
        jdbc.sql(
                """
                WITH t AS (
                  UPDATE task SET attributes = :attributes, priority = :priority, virtual_start_at = :virtualStartAt,
                    task_channel_sid = coalesce(:channel, task_channel_sid),
                    version = version + 1, updated_at = :now
                  WHERE workspace_sid = :workspace AND sid = :sid
                  RETURNING *)
                """
                    + Task.NAMED.formatted("t"))
            .param("workspace", task.workspace().value())
            .param("sid", task.sid().value())
            .param(
                "attributes",
                form.attributes() == null
                    ? task.attributes()
                    : TaskInput.attributesText(form.attributes()))
            .param("priority", form.priority() == null ? task.priority() : form.priority())
            .param("virtualStartAt", virtualStart.atOffset(ZoneOffset.UTC))
            .param("channel", channel)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .single();
    log.record(changed, now, "task.updated");
    return changed;
  }

  /** Removes a task at once, whatever its status; its reservations end. */
  @Transactional
  public void delete(Tenant tenant, TaskSid sid, IfMatch match) {
    var now = clock.instant();
    var task = lock(tenant.workspace(), sid).orElseThrow(Refused::notFound);
    match.check(task.version());
    publisher.publishEvent(new TaskChanged(task, What.DELETED));
    publisher.publishEvent(new TasksMoved(tenant.workspace(), Map.of(sid, task.version() + 1)));
    jdbc.sql("DELETE FROM task WHERE workspace_sid = :workspace AND sid = :sid")
        .param("workspace", tenant.workspace().value())
        .param("sid", sid.value())
        .update();
    log.record(task, now, "task.deleted");
  }

  @EventListener
  void on(WorkspaceDeleted deleted) {
    jdbc.sql("DELETE FROM task WHERE workspace_sid = :workspace")
        .param("workspace", deleted.workspace().value())
        .update();
  }

  Instant now() {
    return clock.instant();
  }
}
