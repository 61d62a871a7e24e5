package dev.muster.workflow;

import dev.muster.rules.Attributes;
import dev.muster.rules.Ruling;
import dev.muster.workspace.WorkspaceSid;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A task on its way to a step.
 *
 * @param priority that it brings
 * @param loweredBy names of the operator's policies that made this priority lower than it was to be
 * @param timedOut whether a step ran out of time before, since the task came from the start
 * @param mayWaitIn whether a queue that the operator names is one of the task's workspace
 */
public record Arrival(
    WorkspaceSid workspace,
    Attributes attributes,
    int priority,
    List<String> loweredBy,
    boolean timedOut,
    Predicate<String> mayWaitIn) {

  /** With the priority that the step gives it, if it gives one. */
  Arrival at(Step step) {
    var target = step.target();
    return target == null || target.priority() == null
        ? this
        : new Arrival(workspace, attributes, target.priority(), List.of(), timedOut, mayWaitIn);
  }

  /** With the priority that the operator leaves it. */
  Arrival under(Ruling.Enter ruling) {
    return new Arrival(
        workspace,
        attributes,
        ruling.priority(),
        Stream.concat(loweredBy.stream(), ruling.loweredBy().stream()).distinct().toList(),
        timedOut,
        mayWaitIn);
  }
}
