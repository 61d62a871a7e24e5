package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.web.Sid;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;

/**
 * Where a task's creator, or a worker who hands it on, wants it to go, past what its workflow would
 * do.
 */
public sealed interface RoutingTarget {

  /** To this worker and to nobody else. */
  record ToWorker(WorkerSid sid) implements RoutingTarget {}

  /** Into this queue. */
  record ToQueue(TaskQueueSid sid) implements RoutingTarget {}

  /** Through this workflow, whatever other is named. */
  record ToWorkflow(WorkflowSid sid) implements RoutingTarget {}

  /**
   * The target with this sid.
   *
   * @throws IllegalArgumentException with what was expected if it is the sid of something else
   */
  static RoutingTarget of(String text) {
    if (Sid.is("WK", text)) {
      return new ToWorker(new WorkerSid(text));
    }
    if (Sid.is("WQ", text)) {
      return new ToQueue(new TaskQueueSid(text));
    }
    if (Sid.is("WW", text)) {
      return new ToWorkflow(new WorkflowSid(text));
    }
    throw new IllegalArgumentException(
        "the SID of a worker (WK…), a task queue (WQ…) or a workflow (WW…)");
  }

  /** The sid as it was given. */
  default String value() {
    return switch (this) {
      case ToWorker worker -> worker.sid().value();
      case ToQueue queue -> queue.sid().value();
      case ToWorkflow workflow -> workflow.sid().value();
    };
  }
}
