package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.worker.WorkerChannel;
import dev.muster.worker.WorkerChannelSid;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;

/**
 * A channel of a worker as the worker SDK is sent it; {@code lastReservedTime} is in milliseconds.
 */
record WorkerChannelPayload(
    WorkerChannelSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    WorkerSid workerSid,
    TaskChannelSid taskChannelSid,
    String taskChannelUniqueName,
    int configuredCapacity,
    int assignedTasks,
    boolean available,
    int availableCapacityPercentage,
    long lastReservedTime,
    long dateCreated,
    long dateUpdated) {

  static WorkerChannelPayload of(WorkerChannel channel, Tenant tenant) {
    return new WorkerChannelPayload(
        channel.sid(),
        tenant.account(),
        tenant.workspace(),
        channel.workerSid(),
        channel.taskChannelSid(),
        channel.taskChannelUniqueName(),
        channel.capacity(),
        channel.assigned(),
        channel.available(),
        channel.availableCapacityPercentage(),
        channel.idleSince().toEpochMilli(),
        channel.createdAt().getEpochSecond(),
        channel.updatedAt().getEpochSecond());
  }
}
