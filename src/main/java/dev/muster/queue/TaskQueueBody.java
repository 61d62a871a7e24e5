package dev.muster.queue;

import dev.muster.account.AccountSid;
import dev.muster.queue.TaskQueue.NamedActivity;
import dev.muster.web.BaseUrl;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task queue on the wire. */
record TaskQueueBody(
    TaskQueueSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String friendlyName,
    String targetWorkers,
    TaskOrder taskOrder,
    int maxReservedWorkers,
    @Nullable ActivitySid reservationActivitySid,
    @Nullable String reservationActivityName,
    @Nullable ActivitySid assignmentActivitySid,
    @Nullable String assignmentActivityName,
    Instant dateCreated,
    Instant dateUpdated,
    String url,
    Links links) {

  record Links(
      @Nullable String assignmentActivity,
      @Nullable String reservationActivity,
      String workspace,
      String statistics,
      String realTimeStatistics,
      String cumulativeStatistics,
      String listStatistics,
      String bulkRealTimeStatistics) {}

  static TaskQueueBody of(TaskQueue queue, Tenant tenant, BaseUrl base) {
    var workspace = base.workspace(tenant.workspace());
    var url = workspace + "/TaskQueues/" + queue.sid();
    var reservation = queue.reservationActivity();
    var assignment = queue.assignmentActivity();
    return new TaskQueueBody(
        queue.sid(),
        tenant.account(),
        tenant.workspace(),
        queue.friendlyName(),
        queue.targetWorkers(),
        queue.taskOrder(),
        queue.maxReservedWorkers(),
        reservation == null ? null : reservation.sid(),
        reservation == null ? null : reservation.friendlyName(),
        assignment == null ? null : assignment.sid(),
        assignment == null ? null : assignment.friendlyName(),
        queue.createdAt(),
        queue.updatedAt(),
        url,
        new Links(
            link(workspace, assignment),
            link(workspace, reservation),
            workspace,
            url + "/Statistics",
            url + "/RealTimeStatistics",
            url + "/CumulativeStatistics",
            workspace + "/TaskQueues/Statistics",
            workspace + "/TaskQueues/RealTimeStatistics"));
  }

  private static @Nullable String link(String workspace, @Nullable NamedActivity activity) {
    return activity == null ? null : workspace + "/Activities/" + activity.sid();
  }
}
