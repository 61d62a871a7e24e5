package dev.muster.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a workflow on the wire.
 *
 * @param configuration left out of lists, where it could be a megabyte each
 */
record VersionBody(
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    WorkflowSid workflowSid,
    int version,
    @Nullable String author,
    @Nullable String comment,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String configuration,
    Instant dateCreated,
    String url,
    Map<String, String> links) {

  static VersionBody of(WorkflowVersion version, WorkflowSid sid, Tenant tenant, BaseUrl base) {
    return body(version, version.configuration(), sid, tenant, base);
  }

  static VersionBody listed(WorkflowVersion version, WorkflowSid sid, Tenant tenant, BaseUrl base) {
    return body(version, null, sid, tenant, base);
  }

  private static VersionBody body(
      WorkflowVersion version,
      @Nullable String configuration,
      WorkflowSid sid,
      Tenant tenant,
      BaseUrl base) {
    var url =
        "%s/muster/v1/Workspaces/%s/Workflows/%s/Versions/%d"
            .formatted(base, tenant.workspace(), sid, version.number());
    return new VersionBody(
        tenant.account(),
        tenant.workspace(),
        sid,
        version.number(),
        version.author(),
        version.comment(),
        configuration,
        version.createdAt(),
        url,
        Map.of(
            "workflow", base.workspace(tenant.workspace()) + "/Workflows/" + sid,
            "difference", url + "/Difference",
            "rollback", url + "/Rollback"));
  }
}
