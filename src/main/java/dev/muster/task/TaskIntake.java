package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Attributes;
import dev.muster.task.TaskForms.NewTask;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import dev.muster.workflow.Plans;
import dev.muster.workflow.Step;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in new tasks: asks the workflow for queue, priority and step, and writes it all down in one
 * transaction.
 */
@Repository
public class TaskIntake {

  private record Source(WorkflowSid workflow, int version, TaskChannelSid channel) {}

  private static final String SOURCE =
      """
      SELECT w.sid, w.version, c.sid AS channel_sid FROM workflow w, task_channel c
      WHERE w.workspace_sid = :workspace AND w.sid = :workflow
        AND c.workspace_sid = :workspace AND (c.sid = :channel OR c.unique_name = :channel)
      """;

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
        FROM task_queue q WHERE q.workspace_sid = :workspace AND q.sid = :queue
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  private final JdbcClient jdbc;
  private final Plans plans;
  private final TaskLog log;
  private final Clock clock;
  private final ApplicationEventPublisher publisher;

  TaskIntake(
      JdbcClient jdbc, Plans plans, TaskLog log, Clock clock, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.plans = plans;
    this.log = log;
    this.clock = clock;
    this.publisher = publisher;
  }

  /**
   * Creates a task, waiting in the queue of its first step.
   *
   * @throws Refused if something it names does not exist, or the workflow has no place for it
   */
  @Transactional
  public Task create(WorkspaceSid workspace, NewTask form) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var text = TaskInput.attributesText(form.attributes());
    var attributes = TaskInput.attributes(text);
    var virtualStart = TaskInput.virtualStart(form.virtualStartTime(), now);
    var direct = checkRoutingTarget(workspace, form);
    var source = source(workspace, form);
    var step = firstStep(workspace, form, source, attributes);
    var sid = TaskSid.next();
    var target = step.target();
    var priority =
        target != null && target.priority() != null
            ? target.priority()
            : Objects.requireNonNullElse(form.priority(), 0);
    var ignoreCapacity = direct && !Boolean.FALSE.equals(form.ignoreCapacity());
    var timeout = Objects.requireNonNullElse(form.timeout(), TaskForms.DEFAULT_TIMEOUT_SECONDS);
    var demand =
        Demand.of(
            step,
            source.channel(),
            sid,
            priority,
            attributes,
            form.routingTarget(),
            ignoreCapacity);
    var task =
        jdbc.sql(INSERT)
            .param("workspace", workspace.value())
            .param("sid", sid.value())
            .param("attributes", text)
            .param("priority", priority)
            .param("timeout", timeout)
            .param("channel", source.channel().value())
            .param("workflow", source.workflow().value())
            .param("workflowVersion", source.version())
            .param("filter", step.filter())
            .param("target", step.index())
            .param("queue", step.queue().value())
            .param("stepExpiresAt", TaskRouting.stepExpiresAt(step, now))
            .param("entering", step.asksToSkip())
            .param("virtualStartAt", virtualStart.atOffset(ZoneOffset.UTC))
            .param("virtualStartMicros", ChronoUnit.MICROS.between(Instant.EPOCH, virtualStart))
            .param("ignoreCapacity", ignoreCapacity)
            .param("routingTarget", form.routingTarget())
            .param("demandClass", demand.demandClass(step.asksToSkip()))
            .param("expiresAt", now.plusSeconds(timeout).atOffset(ZoneOffset.UTC))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .optional()
            .orElseThrow(() -> noQueue(step.queue()));
    log.record(
        task,
        now,
        "workflow.entered",
        "task-queue.entered",
        "task.created",
        "workflow.target-matched");
    publisher.publishEvent(new TasksMoved(workspace, Map.of(sid, task.version())));
    publisher.publishEvent(new WorkAvailable(workspace));
    return task;
  }

  private Step firstStep(
      WorkspaceSid workspace, NewTask form, Source source, Attributes attributes) {
    var target = form.routingTarget();
    if (form.taskQueueSid() != null) {
      return Step.placed(form.taskQueueSid());
    }
    if (target != null && Sid.is("WQ", target)) {
      return Step.placed(TaskQueueSid.of(target));
    }
    return plans
        .get(workspace, source.workflow(), source.version())
        .first(attributes)
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected a filter or the default filter of workflow %s to take the task, but none matches its attributes",
                    source.workflow()));
  }

  /** Whether the task is for one worker. */
  private boolean checkRoutingTarget(WorkspaceSid workspace, NewTask form) {
    var target = form.routingTarget();
    var direct = target != null && Sid.is("WK", target);
    if (direct && !exists("worker", workspace, target)) {
      throw Refused.invalid(
          "Expected RoutingTarget to be a worker of this workspace, but there is no %s",
          String.valueOf(target));
    }
    if (target != null && !direct && !Sid.is("WQ", target) && !Sid.is("WW", target)) {
      throw Refused.invalid(
          "Expected RoutingTarget to be the SID of a worker (WK), a task queue (WQ) or a workflow (WW), but got '%s'",
          String.valueOf(target));
    }
    if (Boolean.TRUE.equals(form.ignoreCapacity()) && !direct) {
      throw Refused.invalid(
          "Expected IgnoreCapacity only together with a RoutingTarget that is a worker, but RoutingTarget is %s",
          target == null ? "missing" : target);
    }
    return direct;
  }

  private Source source(WorkspaceSid workspace, NewTask form) {
    var workflow = workflow(workspace, form);
    var channel =
        form.taskChannel() == null || form.taskChannel().isBlank() ? "default" : form.taskChannel();
    return jdbc.sql(SOURCE)
        .param("workspace", workspace.value())
        .param("workflow", workflow.value())
        .param("channel", channel)
        .query(
            (row, number) ->
                new Source(
                    workflow,
                    row.getInt("version"),
                    new TaskChannelSid(row.getString("channel_sid"))))
        .optional()
        .orElseThrow(
            () ->
                exists("workflow", workspace, workflow.value())
                    ? Refused.invalid(
                        "Expected TaskChannel to be the unique name or SID of a task channel of this workspace, but got '%s'",
                        channel)
                    : Refused.invalid(
                        "Expected WorkflowSid to be a workflow of this workspace, but there is no %s",
                        workflow));
  }

  private WorkflowSid workflow(WorkspaceSid workspace, NewTask form) {
    if (form.routingTarget() != null && Sid.is("WW", form.routingTarget())) {
      return WorkflowSid.of(form.routingTarget());
    }
    if (form.workflowSid() != null) {
      return form.workflowSid();
    }
    var all =
        jdbc.sql("SELECT sid FROM workflow WHERE workspace_sid = :workspace LIMIT 2")
            .param("workspace", workspace.value())
            .query(String.class)
            .list();
    if (all.size() != 1) {
      throw Refused.invalid(
          "WorkflowSid field is required: it may be left out only where the workspace has exactly one workflow, but it has %s",
          all.isEmpty() ? "none" : "several");
    }
    return WorkflowSid.of(all.getFirst());
  }

  /** The table's name is one of this class's own words, never a caller's. */
  private boolean exists(String table, WorkspaceSid workspace, @Nullable String sid) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT 1 FROM "
                + table
                + " WHERE workspace_sid = :workspace AND sid = :sid)")
        .param("workspace", workspace.value())
        .param("sid", sid)
        .query(Boolean.class)
        .single();
  }

  private static Refused noQueue(TaskQueueSid queue) {
    return Refused.invalid(
        "Expected the task's queue to be one of this workspace, but there is no %s", queue);
  }
}
