package dev.muster.task;

import dev.muster.rules.Attributes;
import dev.muster.task.RoutingTarget.ToQueue;
import dev.muster.task.RoutingTarget.ToWorker;
import dev.muster.task.TaskForms.NewTask;
import dev.muster.web.Refused;
import dev.muster.workflow.Step;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in new tasks: asks the workflow for queue, priority and step, and writes it all down in one
 * transaction.
 */
@Repository
public class TaskIntake {

  private static final String INSERT =
      """
      WITH t AS (
        INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds, task_channel_sid,
          workflow_sid, workflow_version, filter_index, target_index, task_queue_sid, queue_entered_at,
          filter_entered_at, step_expires_at, entering, virtual_start_at, ignore_capacity, routing_target, demand_class,
          rank_priority, rank_time, expires_at, version, created_at, updated_at)
        SELECT :workspace, :sid, 'pending', :attributes, :priority, :timeout, :channel,
          :workflow, :workflowVersion, :filter, :target, q.sid, :now,
          :now, :stepExpiresAt, :entering, :virtualStartAt, :ignoreCapacity, :routingTarget, :demandClass,
          CASE q.task_order WHEN 'FIFO' THEN -:priority ELSE 0 END,
          CASE q.task_order WHEN 'FIFO' THEN :virtualStartMicros ELSE -:virtualStartMicros END,
          :expiresAt, 1, :now, :now
        FROM task_queue q
        JOIN workflow w ON w.workspace_sid = q.workspace_sid AND w.sid = :workflow
        JOIN task_channel c ON c.workspace_sid = q.workspace_sid AND c.sid = :channel
        WHERE q.workspace_sid = :workspace AND q.sid = :queue
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  private final JdbcClient jdbc;
  private final TaskSources sources;
  private final TaskPlaces places;
  private final TaskLog log;

  TaskIntake(JdbcClient jdbc, TaskSources sources, TaskPlaces places, TaskLog log) {
    this.jdbc = jdbc;
    this.sources = sources;
    this.places = places;
    this.log = log;
  }

  /**
   * Creates a task, waiting in the queue of its first step.
   *
   * @throws Refused if something it names does not exist, or the workflow has no place for it
   */
  @Transactional
  public Task create(WorkspaceSid workspace, NewTask form) {
    checkTogether(form);
    var now = log.now();
    var attributes = TaskInput.attributes(text(form));
    var virtualStart = TaskInput.virtualStart(form.virtualStartTime(), now);
    var source = sources.find(workspace, form);
    var step = firstStep(workspace, form, source, attributes);
    var task = insert(workspace, form, source, step, attributes, virtualStart, now);
    log.record(
        task,
        now,
        "workflow.entered",
        "task-queue.entered",
        "task.created",
        "workflow.target-matched");
    log.moved(task);
    log.workAvailable(workspace);
    return task;
  }

  private Task insert(
      WorkspaceSid workspace,
      NewTask form,
      TaskSource source,
      Step step,
      Attributes attributes,
      Instant virtualStart,
      Instant now) {
    var sid = TaskSid.next();
    var target = form.routingTarget();
    var targetSid = target == null ? null : target.value();
    var ignoreCapacity = target instanceof ToWorker && !Boolean.FALSE.equals(form.ignoreCapacity());
    var priority = TaskPlaces.priority(step, Objects.requireNonNullElse(form.priority(), 0));
    var timeout = Objects.requireNonNullElse(form.timeout(), TaskForms.DEFAULT_TIMEOUT_SECONDS);
    var demand =
        Demand.of(step, source.channel(), sid, priority, attributes, targetSid, ignoreCapacity);
    return jdbc.sql(INSERT)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .param("attributes", text(form))
        .param("priority", priority)
        .param("timeout", timeout)
        .param("channel", source.channel().value())
        .param("workflow", source.workflow().value())
        .param("workflowVersion", source.version())
        .param("filter", step.filter())
        .param("target", step.index())
        .param("queue", step.queue().value())
        .param("stepExpiresAt", TaskPlaces.expiresAt(step, now))
        .param("entering", step.asksToSkip())
        .param("virtualStartAt", virtualStart.atOffset(ZoneOffset.UTC))
        .param("virtualStartMicros", TaskRanks.micros(virtualStart))
        .param("ignoreCapacity", ignoreCapacity)
        .param("routingTarget", targetSid)
        .param("demandClass", demand.demandClass(step.asksToSkip()))
        .param("expiresAt", now.plusSeconds(timeout).atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Task::of)
        .optional()
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected the task's queue to be one of this workspace, but there is no %s, or its workflow or channel was deleted just now",
                    step.queue()));
  }

  private Step firstStep(
      WorkspaceSid workspace, NewTask form, TaskSource source, Attributes attributes) {
    if (form.routingTarget() instanceof ToQueue queue) {
      return Step.placed(queue.sid());
    }
    if (form.taskQueueSid() != null) {
      return Step.placed(form.taskQueueSid());
    }
    return places
        .first(workspace, source, attributes)
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected a filter or the default filter of workflow %s to take the task, but none matches its attributes",
                    source.workflow()));
  }

  private static void checkTogether(NewTask form) {
    var target = form.routingTarget();
    if (Boolean.TRUE.equals(form.ignoreCapacity()) && !(target instanceof ToWorker)) {
      throw Refused.invalid(
          "Expected IgnoreCapacity only together with a RoutingTarget that is a worker, but RoutingTarget is %s",
          target == null ? "missing" : target.value());
    }
    if (target instanceof ToQueue queue
        && form.taskQueueSid() != null
        && !form.taskQueueSid().equals(queue.sid())) {
      throw Refused.invalid(
          "Expected TaskQueueSid to be the queue that RoutingTarget names, %s, but got '%s'",
          queue.sid(), form.taskQueueSid());
    }
  }

  private static String text(NewTask form) {
    return Objects.requireNonNullElse(form.attributes(), "{}");
  }
}
