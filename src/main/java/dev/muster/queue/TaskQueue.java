package dev.muster.queue;

import dev.muster.workspace.ActivitySid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for the same workers.
 *
 * @param targetWorkers expression over a worker's attributes that says who is a member; empty:
 *     nobody
 * @param maxReservedWorkers to how many workers a task is offered at once, 1 to 50
 * @param reservationActivity where an offer moves a worker, in a workspace that is not multitasking
 * @param assignmentActivity where an acceptance moves a worker, there too
 */
public record TaskQueue(
    TaskQueueSid sid,
    String friendlyName,
    String targetWorkers,
    int maxReservedWorkers,
    TaskOrder taskOrder,
    @Nullable NamedActivity reservationActivity,
    @Nullable NamedActivity assignmentActivity,
    Instant createdAt,
    Instant updatedAt) {

  /** An activity by both of its names. */
  public record NamedActivity(ActivitySid sid, String friendlyName) {}
}
