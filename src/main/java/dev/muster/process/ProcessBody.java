package dev.muster.process;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import dev.muster.workflow.ProcessId;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.util.Map;

/** Which process the tasks of a workflow get, on the wire, and what the engine has of it. */
record ProcessBody(
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    WorkflowSid workflowSid,
    ProcessId processId,
    Presence deployment,
    String url,
    Map<String, String> links) {

  static ProcessBody of(
      Tenant tenant, WorkflowSid workflow, ProcessId process, Presence deployment, BaseUrl base) {
    return new ProcessBody(
        tenant.account(),
        tenant.workspace(),
        workflow,
        process,
        deployment,
        "%s/muster/v1/Workspaces/%s/Workflows/%s/Process"
            .formatted(base, tenant.workspace(), workflow),
        Map.of("workflow", base.workspace(tenant.workspace()) + "/Workflows/" + workflow));
  }
}
