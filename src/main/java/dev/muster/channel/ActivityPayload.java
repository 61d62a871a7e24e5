package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.workspace.Activity;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;

/** An activity as the worker SDK is sent it. */
record ActivityPayload(
    ActivitySid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String friendlyName,
    boolean available,
    long dateCreated,
    long dateUpdated) {

  static ActivityPayload of(Activity activity, Tenant tenant) {
    return new ActivityPayload(
        activity.sid(),
        tenant.account(),
        tenant.workspace(),
        activity.friendlyName(),
        activity.available(),
        activity.createdAt().getEpochSecond(),
        activity.updatedAt().getEpochSecond());
  }
}
