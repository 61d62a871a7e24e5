package dev.muster.table;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import dev.muster.workflow.Advice;
import dev.muster.workflow.OddPlace;
import dev.muster.workflow.Published;
import dev.muster.workflow.Published.WaitingTasks;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a table has made of its workflow, on the wire. */
record TableBody(
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    WorkflowSid workflowSid,
    int version,
    String configuration,
    List<OddPlace> warnings,
    WaitingTasks waitingTasks,
    Instant dateUpdated,
    String url,
    Map<String, String> links) {

  static TableBody of(Published published, Advice advice, Tenant tenant, BaseUrl base) {
    var workflow = published.workflow();
    return new TableBody(
        tenant.account(),
        tenant.workspace(),
        workflow.sid(),
        workflow.version(),
        workflow.configuration(),
        advice.on(tenant.workspace(), workflow.configuration()),
        published.waitingTasks(),
        workflow.updatedAt(),
        "%s/muster/v1/Workspaces/%s/Workflows/%s/Table"
            .formatted(base, tenant.workspace(), workflow.sid()),
        Map.of("workflow", base.workspace(tenant.workspace()) + "/Workflows/" + workflow.sid()));
  }
}
