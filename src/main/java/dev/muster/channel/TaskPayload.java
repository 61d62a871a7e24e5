package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.queue.TaskQueueSid;
import dev.muster.reservation.Reservation;
import dev.muster.task.Task;
import dev.muster.task.TaskSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task as the worker SDK is sent it. */
record TaskPayload(
    TaskSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String attributes,
    String addons,
    long age,
    int priority,
    @Nullable String reason,
    String assignmentStatus,
    int timeout,
    @Nullable TaskChannelSid taskChannelSid,
    @Nullable String taskChannelUniqueName,
    TaskQueueSid queueSid,
    @Nullable String queueName,
    @Nullable String workflowSid,
    @Nullable String workflowName,
    @Nullable String routingTarget,
    int version,
    long virtualStartTime,
    long dateCreated,
    long dateUpdated) {

  static TaskPayload of(Task task, Tenant tenant, Instant now) {
    return new TaskPayload(
        task.sid(),
        tenant.account(),
        tenant.workspace(),
        task.attributes(),
        "{}",
        Math.max(0, Duration.between(task.createdAt(), now).toSeconds()),
        task.priority(),
        task.reason(),
        task.status().wireName(),
        task.timeoutSeconds(),
        task.channel(),
        task.channelName(),
        task.queue(),
        task.queueName(),
        task.workflow().value(),
        task.workflowName(),
        task.routingTarget(),
        task.version(),
        task.virtualStartAt().getEpochSecond(),
        task.createdAt().getEpochSecond(),
        task.updatedAt().getEpochSecond());
  }

  /** What a reservation still knows of its task after that was deleted. */
  static TaskPayload deleted(Reservation reservation, Tenant tenant, Instant now) {
    var created = reservation.createdAt();
    return new TaskPayload(
        reservation.task(),
        tenant.account(),
        tenant.workspace(),
        "{}",
        "{}",
        Math.max(0, Duration.between(created, now).toSeconds()),
        0,
        null,
        "canceled",
        0,
        reservation.channel(),
        null,
        reservation.queue(),
        null,
        null,
        null,
        null,
        0,
        created.getEpochSecond(),
        created.getEpochSecond(),
        reservation.updatedAt().getEpochSecond());
  }
}
