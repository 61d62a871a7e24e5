package dev.muster.explanation;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Trace;
import dev.muster.task.TaskSid;
import dev.muster.task.TaskStatus;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands and why.
 *
 * @param workflowVersion the version that routed it
 * @param filters those that were tried, in order, the last of which holds unless none does; empty
 *     where the caller chose the queue
 * @param taskPriority the priority it has now
 * @param policies those of the operator that had a say in where it stands, or in its priority
 */
record Explanation(
    TaskSid taskSid,
    TaskStatus assignmentStatus,
    @Nullable String reason,
    int taskPriority,
    WorkflowSid workflowSid,
    int workflowVersion,
    String routedBy,
    List<TriedFilter> filters,
    List<Policy> policies,
    Step step,
    Position position,
    List<Offered> reservations) {

  /**
   * A policy of the operator that had a say, without what it reads: that is the operator's own.
   *
   * @param effect a stable word
   * @param why what it did, in a sentence
   */
  record Policy(String name, String effect, String why) {

    static Policy closing(String name) {
      return new Policy(
          name, "queue_closed", "the operator had closed a queue that the task was to enter");
    }

    static Policy lowering(String name) {
      return new Policy(name, "priority_lowered", "the operator lowered the task's priority");
    }
  }

  /** A filter that was tried, with each of its conditions. */
  record TriedFilter(
      int filter, @Nullable String friendlyName, boolean holds, Condition condition) {}

  /**
   * A part of an expression and whether it holds; {@code why} says what was found if it does not.
   */
  record Condition(String expression, boolean holds, @Nullable String why, List<Condition> parts) {

    static Condition of(Trace trace) {
      return new Condition(
          trace.text(),
          trace.holds(),
          trace.firstReason().orElse(null),
          trace.parts().stream().map(Condition::of).toList());
    }
  }

  /**
   * The step the task is in.
   *
   * @param workers what narrows the queue's members, with the task's own values put in; null for
   *     all of them
   * @param knownWorker the one worker whom the step is for; null if it is for any
   * @param leavesAt when the task leaves it if nobody has taken it by then; null if not by time
   * @param expiresAt when the task's time to live ends
   */
  record Step(
      @Nullable Integer filter,
      int target,
      TaskQueueSid taskQueueSid,
      @Nullable String taskQueueFriendlyName,
      @Nullable String workers,
      @Nullable String orderBy,
      @Nullable KnownWorker knownWorker,
      Instant enteredAt,
      @Nullable Instant leavesAt,
      Instant expiresAt) {}

  /**
   * The worker whom a step is for.
   *
   * @param namedBy the task's attribute that names the worker
   * @param why what is wrong with that, so that the step is for nobody; null if nothing is
   * @param errorCode the number by which TaskRouter tells this; null if it tells nothing
   */
  record KnownWorker(String namedBy, @Nullable String why, @Nullable Integer errorCode) {}

  /**
   * How many waiting tasks of the queue come before it.
   *
   * @param ahead counted up to {@code atLeast} the limit
   * @param counted whether {@code ahead} is the whole number, and not only the limit of counting
   */
  record Position(@Nullable Integer ahead, boolean counted) {}

  /** An offer of the task and what became of it. */
  record Offered(
      String reservationSid, WorkerSid workerSid, String workerName, String status, Instant at) {}
}
