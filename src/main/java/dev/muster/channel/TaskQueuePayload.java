package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.queue.TaskOrder;
import dev.muster.queue.TaskQueue;
import dev.muster.queue.TaskQueueSid;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;

/** A task queue as the worker SDK is sent it. */
record TaskQueuePayload(
    TaskQueueSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String friendlyName,
    String targetWorkers,
    int maxReservedWorkers,
    TaskOrder taskOrder,
    boolean lifoQueue,
    @Nullable ActivitySid reservationActivitySid,
    @Nullable String reservationActivityName,
    @Nullable ActivitySid assignmentActivitySid,
    @Nullable String assignmentActivityName,
    long dateCreated,
    long dateUpdated) {

  static TaskQueuePayload of(TaskQueue queue, Tenant tenant) {
    var reservation = queue.reservationActivity();
    var assignment = queue.assignmentActivity();
    return new TaskQueuePayload(
        queue.sid(),
        tenant.account(),
        tenant.workspace(),
        queue.friendlyName(),
        queue.targetWorkers(),
        queue.maxReservedWorkers(),
        queue.taskOrder(),
        queue.taskOrder() == TaskOrder.LIFO,
        reservation == null ? null : reservation.sid(),
        reservation == null ? null : reservation.friendlyName(),
        assignment == null ? null : assignment.sid(),
        assignment == null ? null : assignment.friendlyName(),
        queue.createdAt().getEpochSecond(),
        queue.updatedAt().getEpochSecond());
  }
}
