package dev.muster.workspace;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import java.time.Instant;
import java.util.Map;

/** A task channel on the wire. */
record TaskChannelBody(
    TaskChannelSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String uniqueName,
    String friendlyName,
    boolean channelOptimizedRouting,
    Instant dateCreated,
    Instant dateUpdated,
    String url,
    Map<String, String> links) {

  static TaskChannelBody of(TaskChannel channel, Tenant tenant, BaseUrl base) {
    var workspace = base.workspace(tenant.workspace());
    return new TaskChannelBody(
        channel.sid(),
        tenant.account(),
        tenant.workspace(),
        channel.uniqueName(),
        channel.friendlyName(),
        channel.channelOptimizedRouting(),
        channel.createdAt(),
        channel.updatedAt(),
        workspace + "/TaskChannels/" + channel.sid(),
        Map.of("workspace", workspace));
  }
}
