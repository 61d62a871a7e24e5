package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.queue.TaskQueues;
import dev.muster.rules.Attributes;
import dev.muster.workflow.Admission;
import dev.muster.workflow.Admissions;
import dev.muster.workflow.Arrival;
import dev.muster.workflow.Plan;
import dev.muster.workflow.Plans;
import dev.muster.workflow.Step;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where tasks stand in their workflows, what they ask for there, and where they may go from there.
 * Every step that a task enters is asked for here, so that none is entered past the operator's
 * policies.
 */
@Component
public class TaskPlaces {

  private final Plans plans;
  private final Admissions admissions;
  private final TaskQueues queues;

  TaskPlaces(Plans plans, Admissions admissions, TaskQueues queues) {
    this.plans = plans;
    this.admissions = admissions;
    this.queues = queues;
  }

  /** What the task asks for in its present step. */
  public Demand demand(Task task) {
    return demand(task, step(task), task.priority());
  }

  /** What the task would ask for in another step, with another priority. */
  Demand demand(Task task, Step step, int priority) {
    return demand(task, step, task.channel(), priority, attributes(task));
  }

  Demand demand(Task task, Step step, TaskChannelSid channel, int priority, Attributes attributes) {
    return Demand.of(
            step,
            channel,
            task.sid(),
            priority,
            attributes,
            task.routingTarget(),
            task.ignoreCapacity())
        .except(task.transferredBy());
  }

  /** The step that the task is in; its queue is the task's own, whatever the workflow says. */
  public Step step(Task task) {
    return task.filter() == Step.PLACED
        ? Step.placed(task.queue())
        : plan(task).step(task.filter(), task.target()).in(task.queue());
  }

  /** Where a new task with these attributes comes to. */
  Admission first(WorkspaceSid workspace, TaskSource source, Attributes attributes, int priority) {
    return admissions.first(
        plans.get(workspace, source.workflow(), source.version()),
        arrival(workspace, attributes, priority, List.of()));
  }

  /** Where a new task comes to whose creator chose a queue. */
  Admission placed(
      WorkspaceSid workspace, TaskQueueSid queue, Attributes attributes, int priority) {
    return admissions.placed(queue, arrival(workspace, attributes, priority, List.of()));
  }

  /** Where the task comes to if it is handed on to a queue. */
  Admission placed(Task task, TaskQueueSid queue) {
    return admissions.placed(queue, arrival(task));
  }

  /** Where the task comes to if it starts again by a version of its workflow. */
  Admission first(Task task, int version) {
    return admissions.first(plans.get(task.workspace(), task.workflow(), version), arrival(task));
  }

  Admission afterTimeout(Task task) {
    return admissions.afterTimeout(plan(task), step(task), arrival(task));
  }

  Admission afterSkip(Task task) {
    return admissions.afterSkip(plan(task), step(task), arrival(task));
  }

  /**
   * The priority of a task that stays where it is.
   *
   * @param asked what it is to be; null if it is not changed
   */
  Arrival limited(Task task, Attributes attributes, @Nullable Integer asked) {
    var arrival =
        asked == null
            ? arrival(task.workspace(), attributes, task.priority(), task.loweredBy())
            : arrival(task.workspace(), attributes, asked, List.of());
    return admissions.limited(task.queue(), arrival);
  }

  /** The filter that the task's own version of its workflow decides for, policies or not. */
  Optional<Integer> filter(Task task) {
    return plan(task).first(attributes(task)).map(Step::filter);
  }

  /** Whether the workspace has the queue, whose {@link Tasks#holdPlaces places} are held. */
  boolean has(WorkspaceSid workspace, String queue) {
    return queues.find(workspace, new TaskQueueSid(queue)).isPresent();
  }

  /** Whether a version's step is in the filter that the task is in already, unchanged. */
  boolean staysInFilter(Task task, Step step, int version) {
    return plan(task)
        .isAlike(
            task.filter(), plans.get(task.workspace(), task.workflow(), version), step.filter());
  }

  private Arrival arrival(Task task) {
    return arrival(
        task.workspace(), attributes(task), task.priority(), task.loweredBy(), task.timedOut());
  }

  private Arrival arrival(
      WorkspaceSid workspace, Attributes attributes, int priority, List<String> loweredBy) {
    return arrival(workspace, attributes, priority, loweredBy, false);
  }

  private Arrival arrival(
      WorkspaceSid workspace,
      Attributes attributes,
      int priority,
      List<String> loweredBy,
      boolean timedOut) {
    return new Arrival(
        workspace, attributes, priority, loweredBy, timedOut, queue -> has(workspace, queue));
  }

  /** When a step ends whose filter was entered then; null if not by time. */
  static @Nullable OffsetDateTime expiresAt(Step step, Instant filterEnteredAt) {
    return step.deadlineSeconds() == null
        ? null
        : filterEnteredAt.plusSeconds(step.deadlineSeconds()).atOffset(ZoneOffset.UTC);
  }

  private Plan plan(Task task) {
    return plans.get(task.workspace(), task.workflow(), task.workflowVersion());
  }

  private static Attributes attributes(Task task) {
    return Attributes.parse(task.attributes());
  }
}
