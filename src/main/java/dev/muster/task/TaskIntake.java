package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Attributes;
import dev.muster.task.RoutingTarget.ToQueue;
import dev.muster.task.RoutingTarget.ToWorker;
import dev.muster.task.TaskForms.NewTask;
import dev.muster.telemetry.Traces;
import dev.muster.web.Forms;
import dev.muster.web.Refused;
import dev.muster.workflow.Admission;
import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Admission.Nowhere;
import dev.muster.workflow.Admission.TurnedAway;
import dev.muster.workflow.Step;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

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
          filter_entered_at, step_entered_at, step_expires_at, timed_out, queue_closed_by, priority_lowered_by,
          entering, virtual_start_at,
          ignore_capacity, routing_target, demand_class, process_id, rank_priority, rank_time, expires_at, version,
          trace, created_at, updated_at)
        SELECT :workspace, :sid, 'pending', :attributes, :priority, :timeout, :channel,
          :workflow, :workflowVersion, :filter, :target, q.sid, :now,
          :now, :now, :stepExpiresAt, :timedOut, :closedBy, :loweredBy, :entering, :virtualStartAt,
          :ignoreCapacity, :routingTarget, :demandClass, w.process_id,
          CASE q.task_order WHEN 'FIFO' THEN -:priority ELSE 0 END,
          CASE q.task_order WHEN 'FIFO' THEN :virtualStartMicros ELSE -:virtualStartMicros END,
          :expiresAt, 1, :trace, :now, :now
        FROM task_queue q
        JOIN workflow w ON w.workspace_sid = q.workspace_sid AND w.sid = :workflow
          AND w.version = :workflowVersion
        JOIN task_channel c ON c.workspace_sid = q.workspace_sid AND c.sid = :channel
        WHERE q.workspace_sid = :workspace AND q.sid = :queue
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  private final JdbcClient jdbc;
  private final TaskSources sources;
  private final TaskPlaces places;
  private final TaskLog log;
  private final Forms forms;
  private final Traces traces;

  TaskIntake(
      JdbcClient jdbc,
      TaskSources sources,
      TaskPlaces places,
      TaskLog log,
      Forms forms,
      Traces traces) {
    this.jdbc = jdbc;
    this.sources = sources;
    this.places = places;
    this.log = log;
    this.forms = forms;
    this.traces = traces;
  }

  /**
   * Creates a task that does not come with a request.
   *
   * @param parameters a JSON object with the names of the wire, each beginning with a small letter
   * @throws Refused as a request with these parameters would be
   */
  @Transactional
  public Task create(WorkspaceSid workspace, JsonNode parameters) {
    return create(workspace, forms.read(NewTask.class, parameters, UnaryOperator.identity()));
  }

  /**
   * Creates a task, waiting in the queue of its first step.
   *
   * @throws Refused if something it names does not exist, the workflow has no place for it, or the
   *     operator has closed every queue that it could wait in
   */
  @Transactional
  public Task create(WorkspaceSid workspace, NewTask form) {
    checkTogether(form);
    var now = log.now();
    var attributes = TaskInput.attributes(text(form));
    var virtualStart = TaskInput.virtualStart(form.virtualStartTime(), now);
    var task = bring(workspace, form, attributes, virtualStart, now);
    log.routed(task, now, arrival(task));
    log.moved(task);
    log.workAvailable(workspace);
    return task;
  }

  /**
   * Brings the task in by the version of its workflow that is in force behind the {@link
   * dev.muster.workspace.TaskDoor}: the first look at it may have been before one was published
   * whose tasks {@link Reevaluations} runs through it.
   */
  private Task bring(
      WorkspaceSid workspace,
      NewTask form,
      Attributes attributes,
      Instant virtualStart,
      Instant now) {
    var source = sources.find(workspace, form);
    while (true) {
      var entered = enter(workspace, form, source, attributes);
      var task = insert(workspace, form, source, entered, attributes, virtualStart, now);
      if (task.isPresent()) {
        return task.get();
      }
      var present = sources.find(workspace, form);
      if (present.equals(source)) {
        throw unknown(entered.step().queue());
      }
      source = present;
    }
  }

  /** No target matched a task whose creator chose the queue. */
  private static String[] arrival(Task task) {
    return task.filter() == Step.PLACED
        ? new String[] {"workflow.entered", "task-queue.entered", "task.created"}
        : new String[] {
          "workflow.entered", "task-queue.entered", "task.created", "workflow.target-matched"
        };
  }

  private Optional<Task> insert(
      WorkspaceSid workspace,
      NewTask form,
      TaskSource source,
      Entered entered,
      Attributes attributes,
      Instant virtualStart,
      Instant now) {
    var sid = TaskSid.next();
    var target = form.routingTarget();
    var targetSid = target == null ? null : target.value();
    var ignoreCapacity = target instanceof ToWorker && !Boolean.FALSE.equals(form.ignoreCapacity());
    var step = entered.step();
    var priority = entered.priority();
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
        .param("timedOut", entered.timedOut())
        .param("closedBy", entered.closedBy().toArray(String[]::new))
        .param("loweredBy", entered.loweredBy().toArray(String[]::new))
        .param("entering", step.asksToSkip())
        .param("virtualStartAt", virtualStart.atOffset(ZoneOffset.UTC))
        .param("virtualStartMicros", TaskRanks.micros(virtualStart))
        .param("ignoreCapacity", ignoreCapacity)
        .param("routingTarget", targetSid)
        .param("demandClass", demand.demandClass(step.asksToSkip()))
        .param("trace", traces.present())
        .param("expiresAt", now.plusSeconds(timeout).atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Task::of)
        .optional();
  }

  private Entered enter(
      WorkspaceSid workspace, NewTask form, TaskSource source, Attributes attributes) {
    var priority = Objects.requireNonNullElse(form.priority(), 0);
    var queue = chosenQueue(form);
    return queue == null
        ? routed(places.first(workspace, source, attributes, priority), source)
        : placed(places.placed(workspace, queue, attributes, priority), workspace, queue);
  }

  private static Entered routed(Admission admission, TaskSource source) {
    return switch (admission) {
      case Entered entered -> entered;
      case TurnedAway turnedAway ->
          throw Refused.invalid(
              "Expected workflow %s to lead the task to an open queue, but every queue it could wait in is closed at present",
              source.workflow());
      case Nowhere nowhere ->
          throw Refused.invalid(
              "Expected a filter or the default filter of workflow %s to take the task, but none matches its attributes",
              source.workflow());
    };
  }

  /** A queue of others is unknown here, whatever the operator says of it. */
  private Entered placed(Admission admission, WorkspaceSid workspace, TaskQueueSid queue) {
    if (!admission.closedBy().isEmpty() && !places.has(workspace, queue.value())) {
      throw unknown(queue);
    }
    if (admission instanceof Entered entered) {
      return entered;
    }
    throw Refused.invalid(
        "Expected queue %s to be open to the task, but it is closed at present", queue);
  }

  private static @Nullable TaskQueueSid chosenQueue(NewTask form) {
    return form.routingTarget() instanceof ToQueue queue ? queue.sid() : form.taskQueueSid();
  }

  private static Refused unknown(TaskQueueSid queue) {
    return Refused.invalid(
        "Expected the task's queue to be one of this workspace, but there is no %s, or its workflow or channel was deleted just now",
        queue);
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
