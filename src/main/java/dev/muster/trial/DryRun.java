package dev.muster.trial;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would do to tasks under the operator's policies as they are now.
 *
 * @param tasks each task with its way by the rules that routed it and by the draft
 */
record DryRun(Summary summary, List<Case> tasks) {

  /** Where a task goes. All is null if nothing takes it, or every queue for it is closed. */
  record Way(
      @Nullable Integer filter,
      @Nullable String filterFriendlyName,
      @Nullable String taskQueueSid,
      @Nullable Integer priority) {

    static final Way NOWHERE = new Way(null, null, null, null);
  }

  /**
   * One task.
   *
   * @param taskSid null for a task that the caller made up
   * @param old null for a task that the caller made up and no workflow was named
   * @param policies names of the operator's policies that have a say in the way by the draft
   */
  record Case(
      @Nullable String taskSid,
      String attributes,
      @Nullable Way old,
      Way draft,
      List<String> policies) {

    boolean moves() {
      return old != null && !old.equals(draft);
    }
  }

  /** How many tasks go from one queue to another. */
  record Move(@Nullable String fromTaskQueueSid, @Nullable String toTaskQueueSid, int tasks) {}

  /** A step of the draft that tasks would enter and no worker could serve. */
  record Unserved(String where, String taskQueueSid, int tasks) {}

  /**
   * The whole in a few figures.
   *
   * @param changed tasks whose queue, priority or filter differs
   * @param unmatched tasks that the draft would send nowhere
   */
  record Summary(
      int tasks, int changed, int unmatched, List<Move> moves, List<Unserved> unserved) {}
}
