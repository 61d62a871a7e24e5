package dev.muster.workspace;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import java.time.Instant;
import java.util.Map;

/** An activity on the wire. */
record ActivityBody(
    ActivitySid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String friendlyName,
    boolean available,
    Instant dateCreated,
    Instant dateUpdated,
    String url,
    Map<String, String> links) {

  static ActivityBody of(Activity activity, Tenant tenant, BaseUrl base) {
    var workspace = base.workspace(tenant.workspace());
    return new ActivityBody(
        activity.sid(),
        tenant.account(),
        tenant.workspace(),
        activity.friendlyName(),
        activity.available(),
        activity.createdAt(),
        activity.updatedAt(),
        workspace + "/Activities/" + activity.sid(),
        Map.of("workspace", workspace));
  }
}
