package dev.muster.queue;

import dev.muster.workspace.ActivitySid;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about a queue; what is absent stays as it is, or takes its default: {@code 1==1}
 * as target workers, one reserved worker, FIFO, no activities.
 */
public record QueueSettings(
    @Nullable String friendlyName,
    @Nullable String targetWorkers,
    @Nullable Integer maxReservedWorkers,
    @Nullable TaskOrder taskOrder,
    @Nullable ActivitySid reservationActivitySid,
    @Nullable ActivitySid assignmentActivitySid) {

  /** A queue of that name with the defaults. */
  public static QueueSettings named(String friendlyName) {
    return new QueueSettings(friendlyName, null, null, null, null, null);
  }

  static QueueSettings of(TaskQueue queue) {
    var reservation = queue.reservationActivity();
    var assignment = queue.assignmentActivity();
    return new QueueSettings(
        queue.friendlyName(),
        queue.targetWorkers(),
        queue.maxReservedWorkers(),
        queue.taskOrder(),
        reservation == null ? null : reservation.sid(),
        assignment == null ? null : assignment.sid());
  }

  QueueSettings over(QueueSettings other) {
    return new QueueSettings(
        friendlyName == null ? other.friendlyName : friendlyName,
        targetWorkers == null ? other.targetWorkers : targetWorkers,
        maxReservedWorkers == null ? other.maxReservedWorkers : maxReservedWorkers,
        taskOrder == null ? other.taskOrder : taskOrder,
        reservationActivitySid == null ? other.reservationActivitySid : reservationActivitySid,
        assignmentActivitySid == null ? other.assignmentActivitySid : assignmentActivitySid);
  }
}
