package dev.muster.task;

import dev.muster.rules.Attributes;
import dev.muster.workflow.Plan;
import dev.muster.workflow.Plans;
import dev.muster.workflow.Step;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where tasks stand in their workflows, and what they ask for there. */
@Component
public class TaskPlaces {

  private final Plans plans;

  TaskPlaces(Plans plans) {
    this.plans = plans;
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
        task.ignoreCapacity());
  }

  Step step(Task task) {
    return task.filter() == Step.PLACED
        ? Step.placed(task.queue())
        : plan(task).step(task.filter(), task.target());
  }

  /** The step that the rules give a new task with these attributes; empty if they give none. */
  Optional<Step> first(WorkspaceSid workspace, TaskSource source, Attributes attributes) {
    return plans.get(workspace, source.workflow(), source.version()).first(attributes);
  }

  /** The step that a version of its workflow gives the task; empty if it gives none. */
  Optional<Step> first(Task task, int version) {
    return plans.get(task.workspace(), task.workflow(), version).first(attributes(task));
  }

  Optional<Step> afterTimeout(Task task) {
    return plan(task).afterTimeout(step(task), attributes(task));
  }

  Optional<Step> afterSkip(Task task) {
    return plan(task).afterSkip(step(task), attributes(task));
  }

  /** When a step ends whose filter was entered then; null if not by time. */
  static @Nullable OffsetDateTime expiresAt(Step step, Instant filterEnteredAt) {
    return step.deadlineSeconds() == null
        ? null
        : filterEnteredAt.plusSeconds(step.deadlineSeconds()).atOffset(ZoneOffset.UTC);
  }

  /** The priority of a task once it has entered the step. */
  static int priority(Step step, int present) {
    var target = step.target();
    return target == null || target.priority() == null ? present : target.priority();
  }

  private Plan plan(Task task) {
    return plans.get(task.workspace(), task.workflow(), task.workflowVersion());
  }

  private static Attributes attributes(Task task) {
    return Attributes.parse(task.attributes());
  }
}
