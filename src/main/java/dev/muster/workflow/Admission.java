package dev.muster.workflow;

import java.util.List;

/** What becomes of a task on its way to a step. */
public sealed interface Admission {

  /** Names of the operator's policies that closed queues to the task on this way, in order. */
  List<String> closedBy();

  /**
   * It comes to stand in a step.
   *
   * @param step in the queue that the task really waits in
   * @param priority of the task from here on
   * @param loweredBy names of the operator's policies that made the priority lower than it was to
   *     be
   * @param timedOut whether a step ran out of time since the task came from the start, or was over
   *     because its queue is closed
   */
  record Entered(
      Step step, int priority, List<String> closedBy, List<String> loweredBy, boolean timedOut)
      implements Admission {}

  /** The operator has closed the queue of each step that was left for it. */
  record TurnedAway(List<String> closedBy) implements Admission {}

  /** The workflow has no step for it. */
  record Nowhere() implements Admission {

    @Override
    public List<String> closedBy() {
      return List.of();
    }
  }
}
