package dev.muster.workspace;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workspace on the wire. */
record WorkspaceBody(
    WorkspaceSid sid,
    AccountSid accountSid,
    String friendlyName,
    Instant dateCreated,
    Instant dateUpdated,
    ActivitySid defaultActivitySid,
    String defaultActivityName,
    ActivitySid timeoutActivitySid,
    String timeoutActivityName,
    @Nullable String eventCallbackUrl,
    @Nullable String eventsFilter,
    boolean multiTaskEnabled,
    QueueOrder prioritizeQueueOrder,
    String url,
    Map<String, String> links) {

  private static final Map<String, String> LINKS = new LinkedHashMap<>();

  static {
    LINKS.put("activities", "/Activities");
    LINKS.put("statistics", "/Statistics");
    LINKS.put("real_time_statistics", "/RealTimeStatistics");
    LINKS.put("cumulative_statistics", "/CumulativeStatistics");
    LINKS.put("task_queues", "/TaskQueues");
    LINKS.put("tasks", "/Tasks");
    LINKS.put("workers", "/Workers");
    LINKS.put("workflows", "/Workflows");
    LINKS.put("task_channels", "/TaskChannels");
    LINKS.put("events", "/Events");
  }

  static WorkspaceBody of(Workspace workspace, BaseUrl base) {
    var url = base.workspace(workspace.sid());
    var links = new LinkedHashMap<String, String>();
    LINKS.forEach((name, path) -> links.put(name, url + path));
    return new WorkspaceBody(
        workspace.sid(),
        workspace.account(),
        workspace.friendlyName(),
        workspace.createdAt(),
        workspace.updatedAt(),
        workspace.defaultActivity(),
        workspace.defaultActivityName(),
        workspace.timeoutActivity(),
        workspace.timeoutActivityName(),
        workspace.eventCallbackUrl(),
        workspace.eventsFilter(),
        workspace.multiTaskEnabled(),
        workspace.prioritizeQueueOrder(),
        url,
        links);
  }
}
