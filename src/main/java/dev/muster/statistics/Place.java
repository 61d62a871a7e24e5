package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.account.AccountSid;
import dev.muster.queue.TaskQueueSid;
import dev.muster.web.BaseUrl;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;

/** What an answer is about, and under which address it was given. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Place(
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    @Nullable TaskQueueSid taskQueueSid,
    @Nullable WorkflowSid workflowSid,
    @Nullable WorkerSid workerSid,
    @Nullable String url) {

  /** The workspace, or all of its workers; {@code path} inside the workspace. */
  static Place of(Tenant tenant, BaseUrl base, String path) {
    return new Place(
        tenant.account(), tenant.workspace(), null, null, null, url(tenant, base, path));
  }

  static Place of(Tenant tenant, TaskQueueSid queue, BaseUrl base, String name) {
    var url = url(tenant, base, "/TaskQueues/" + queue + name);
    return new Place(tenant.account(), tenant.workspace(), queue, null, null, url);
  }

  /** A queue as an item of a list, which has no address of its own. */
  static Place listed(Tenant tenant, TaskQueueSid queue) {
    return new Place(tenant.account(), tenant.workspace(), queue, null, null, null);
  }

  static Place of(Tenant tenant, WorkflowSid workflow, BaseUrl base, String name) {
    var url = url(tenant, base, "/Workflows/" + workflow + name);
    return new Place(tenant.account(), tenant.workspace(), null, workflow, null, url);
  }

  static Place of(Tenant tenant, WorkerSid worker, BaseUrl base, String name) {
    var url = url(tenant, base, "/Workers/" + worker + name);
    return new Place(tenant.account(), tenant.workspace(), null, null, worker, url);
  }

  private static String url(Tenant tenant, BaseUrl base, String path) {
    return base.workspace(tenant.workspace()) + path;
  }
}
