package dev.muster.workflow;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow on the wire. */
record WorkflowBody(
    WorkflowSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String friendlyName,
    String configuration,
    String documentContentType,
    @Nullable URI assignmentCallbackUrl,
    @Nullable URI fallbackAssignmentCallbackUrl,
    int taskReservationTimeout,
    Instant dateCreated,
    Instant dateUpdated,
    String url,
    Map<String, String> links) {

  static WorkflowBody of(Workflow workflow, Tenant tenant, BaseUrl base) {
    var url = base.workspace(tenant.workspace()) + "/Workflows/" + workflow.sid();
    return new WorkflowBody(
        workflow.sid(),
        tenant.account(),
        tenant.workspace(),
        workflow.friendlyName(),
        workflow.configuration(),
        "application/json",
        workflow.assignmentCallbackUrl(),
        workflow.fallbackAssignmentCallbackUrl(),
        workflow.taskReservationTimeoutSeconds(),
        workflow.createdAt(),
        workflow.updatedAt(),
        url,
        Map.of(
            "statistics", url + "/Statistics",
            "real_time_statistics", url + "/RealTimeStatistics",
            "cumulative_statistics", url + "/CumulativeStatistics"));
  }
}
