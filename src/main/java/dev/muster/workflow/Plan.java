package dev.muster.workflow;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Attributes;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Decision;
import dev.muster.rules.Instruction;
import dev.muster.rules.Instruction.Target;
import java.util.List;
import java.util.Optional;

/** One version of a workflow, ready to lead tasks through its filters and targets. Immutable. */
public final class Plan {

  private final CompiledInstruction compiled;
  private final Instruction instruction;

  public Plan(CompiledInstruction compiled) {
    this.compiled = compiled;
    this.instruction = compiled.instruction();
  }

  /**
   * The first step of a task with these attributes; empty if no filter matches and there is no
   * default filter.
   */
  public Optional<Step> first(Attributes task) {
    return switch (compiled.decide(task)) {
      case Decision.Matched matched -> Optional.of(step(matched.filter(), 0));
      case Decision.Default ignored -> Optional.of(step(Step.DEFAULT_FILTER, 0));
      case Decision.Nothing ignored -> Optional.empty();
    };
  }

  /**
   * The step after one whose time is over; the default filter does not catch a task that timed out.
   */
  public Optional<Step> afterTimeout(Step step, Attributes task) {
    return further(step, task);
  }

  /**
   * The step after one that was skipped; at the end of all matching filters the default filter
   * takes the task, unless the time of one of its steps was over before.
   */
  public Optional<Step> afterSkip(Step step, Attributes task, boolean timedOut) {
    if (step.filter() < 0) {
      return Optional.empty();
    }
    return further(step, task)
        .or(
            () ->
                timedOut || instruction.defaultFilter() == null
                    ? Optional.empty()
                    : Optional.of(step(Step.DEFAULT_FILTER, 0)));
  }

  private Optional<Step> further(Step step, Attributes task) {
    if (step.filter() < 0) {
      return Optional.empty();
    }
    if (step.index() + 1 < targets(step.filter()).size()) {
      return Optional.of(step(step.filter(), step.index() + 1));
    }
    return switch (compiled.decideAfter(step.filter(), task)) {
      case Decision.Matched matched -> Optional.of(step(matched.filter(), 0));
      case Decision.Default ignored -> Optional.empty();
      case Decision.Nothing ignored -> Optional.empty();
    };
  }

  /**
   * The step at a place of the document. Its deadline adds up the time-outs of the filter's targets
   * so far, so that a task which comes to a step early has the time that is left of the earlier
   * ones as well.
   */
  public Step step(int filter, int index) {
    var targets = targets(filter);
    var target = targets.get(index);
    var deadline =
        target.timeoutSeconds() == null || filter == Step.DEFAULT_FILTER
            ? null
            : seconds(targets.subList(0, index + 1));
    return new Step(filter, index, new TaskQueueSid(target.queue()), target, deadline);
  }

  /** At most what an {@code int} holds, which no task lives to see. */
  private static int seconds(List<Target> targets) {
    long seconds = 0;
    for (var target : targets) {
      seconds += target.timeoutSeconds() == null ? 0 : target.timeoutSeconds();
    }
    return Math.clamp(seconds, 0, Integer.MAX_VALUE);
  }

  /**
   * Whether a filter of this version says the same as one of another. Both are places as {@link
   * Step} has them.
   */
  public boolean isAlike(int filter, Plan other, int otherFilter) {
    return filter >= 0
        && otherFilter >= 0
        && instruction.filters().get(filter).equals(other.instruction.filters().get(otherFilter));
  }

  private List<Target> targets(int filter) {
    if (filter != Step.DEFAULT_FILTER) {
      return instruction.filters().get(filter).targets();
    }
    var fallback = instruction.defaultFilter();
    return fallback == null ? List.of() : List.of(fallback);
  }

  /** The rules behind the plan; for people who ask why, or what if. */
  public CompiledInstruction compiled() {
    return compiled;
  }

  long weight() {
    return compiled.weight();
  }
}
