package dev.muster.workflow;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Instruction.Target;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands in its workflow: a target of a filter, of the default filter, or a queue that
 * the caller chose.
 *
 * @param target absent where the caller chose the queue
 * @param deadlineSeconds seconds after entering the filter at which the step ends; absent: it does
 *     not end by time
 */
public record Step(
    int filter,
    int index,
    TaskQueueSid queue,
    @Nullable Target target,
    @Nullable Integer deadlineSeconds) {

  /** The default filter's place in place of a filter's position. */
  public static final int DEFAULT_FILTER = -1;

  /** The place of a task whose queue the caller chose. */
  public static final int PLACED = -2;

  public static Step placed(TaskQueueSid queue) {
    return new Step(PLACED, 0, queue, null, null);
  }

  /** The same step in another queue. */
  public Step in(TaskQueueSid otherQueue) {
    return new Step(filter, index, otherQueue, target, deadlineSeconds);
  }

  public boolean asksToSkip() {
    return target != null && target.skipIf() != null;
  }
}
