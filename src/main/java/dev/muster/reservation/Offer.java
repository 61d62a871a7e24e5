package dev.muster.reservation;

import dev.muster.queue.TaskQueueSid;
import dev.muster.task.TaskSid;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.TaskChannelSid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A match that is to become a reservation.
 *
 * @param demandClass what the task asked for when it was matched
 * @param workerVersion what the worker was when it was matched
 * @param expiresAt until when the worker may answer
 * @param direct whether the task is for this worker, member of the queue or not
 * @param ignoreCapacity whether the worker's activity and capacity do not count
 * @param announced whether the task's workflow wants to be told
 */
public record Offer(
    TaskSid task,
    WorkflowSid workflow,
    UUID demandClass,
    WorkerSid worker,
    int workerVersion,
    String workerName,
    TaskQueueSid queue,
    TaskChannelSid channel,
    Instant expiresAt,
    boolean direct,
    boolean ignoreCapacity,
    boolean announced,
    Wait waited) {

  /**
   * How the task came to this offer.
   *
   * @param since when it was created
   * @param first whether nobody was offered it before
   * @param trace the span that created it, if it is recorded
   */
  public record Wait(Instant since, boolean first, @Nullable String trace) {}
}
