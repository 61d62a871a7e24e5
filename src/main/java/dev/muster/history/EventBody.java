package dev.muster.history;

import dev.muster.account.AccountSid;
import dev.muster.event.EventSid;
import dev.muster.event.RecordedEvent;
import dev.muster.web.BaseUrl;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event on the wire.
 *
 * @param sourceIpAddress always null: addresses of people are not kept
 * @param taskEventNumber its place among the events of its task, from 1 and without gaps
 */
record EventBody(
    EventSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String eventType,
    Instant eventDate,
    long eventDateMs,
    String description,
    String actorType,
    WorkspaceSid actorSid,
    String actorUrl,
    String resourceType,
    String resourceSid,
    String resourceUrl,
    String source,
    @Nullable String sourceIpAddress,
    Map<String, Object> eventData,
    @Nullable Integer taskEventNumber,
    String url) {

  static EventBody of(RecordedEvent event, Tenant tenant, BaseUrl base) {
    var workspace = base.workspace(tenant.workspace());
    return new EventBody(
        event.sid(),
        tenant.account(),
        tenant.workspace(),
        event.type(),
        event.at(),
        event.at().toEpochMilli(),
        event.description(),
        "workspace",
        tenant.workspace(),
        workspace,
        event.resourceType(),
        event.resourceSid(),
        workspace + path(event),
        "muster",
        null,
        event.data(),
        event.taskNumber(),
        workspace + "/Events/" + event.sid());
  }

  private static String path(RecordedEvent event) {
    var sid = event.resourceSid();
    return switch (event.resourceType()) {
      case "activity" -> "/Activities/" + sid;
      case "reservation" -> "/Tasks/" + event.taskSid() + "/Reservations/" + sid;
      case "task" -> "/Tasks/" + sid;
      case "taskchannel" -> "/TaskChannels/" + sid;
      case "taskqueue" -> "/TaskQueues/" + sid;
      case "worker" -> "/Workers/" + sid;
      case "workflow" -> "/Workflows/" + sid;
      default -> "";
    };
  }
}
