package dev.muster.task;

import dev.muster.account.AccountSid;
import dev.muster.queue.TaskQueueSid;
import dev.muster.web.BaseUrl;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task on the wire. */
record TaskBody(
    TaskSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    long age,
    TaskStatus assignmentStatus,
    String attributes,
    String addons,
    int priority,
    @Nullable String reason,
    int timeout,
    TaskChannelSid taskChannelSid,
    @Nullable String taskChannelUniqueName,
    WorkflowSid workflowSid,
    @Nullable String workflowFriendlyName,
    TaskQueueSid taskQueueSid,
    @Nullable String taskQueueFriendlyName,
    Instant taskQueueEnteredDate,
    Instant virtualStartTime,
    boolean ignoreCapacity,
    @Nullable String routingTarget,
    Instant dateCreated,
    Instant dateUpdated,
    String url,
    Map<String, String> links) {

  static TaskBody of(Task task, Tenant tenant, BaseUrl base, Instant now) {
    var workspace = base.workspace(tenant.workspace());
    var url = workspace + "/Tasks/" + task.sid();
    return new TaskBody(
        task.sid(),
        tenant.account(),
        tenant.workspace(),
        Math.max(0, Duration.between(task.createdAt(), now).toSeconds()),
        task.status(),
        task.attributes(),
        "{}",
        task.priority(),
        task.reason(),
        task.timeoutSeconds(),
        task.channel(),
        task.channelName(),
        task.workflow(),
        task.workflowName(),
        task.queue(),
        task.queueName(),
        task.queueEnteredAt(),
        task.virtualStartAt(),
        task.ignoreCapacity(),
        task.routingTarget(),
        task.createdAt(),
        task.updatedAt(),
        url,
        Map.of(
            "workspace", workspace,
            "workflow", workspace + "/Workflows/" + task.workflow(),
            "task_queue", workspace + "/TaskQueues/" + task.queue(),
            "reservations", url + "/Reservations"));
  }
}
