package dev.muster.worker;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;

/** A worker's channel on the wire. */
record WorkerChannelBody(
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
    Instant dateCreated,
    Instant dateUpdated,
    String url) {

  static WorkerChannelBody of(WorkerChannel channel, Tenant tenant, BaseUrl base) {
    return new WorkerChannelBody(
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
        channel.createdAt(),
        channel.updatedAt(),
        "%s/Workers/%s/Channels/%s"
            .formatted(base.workspace(tenant.workspace()), channel.workerSid(), channel.sid()));
  }
}
