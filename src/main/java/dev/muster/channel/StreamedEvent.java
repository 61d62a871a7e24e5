package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.event.EventSid;
import dev.muster.event.RecordedEvent;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as streams carry it; the same event may come twice, with the same sid.
 *
 * @param taskEventNumber its place among the events of its task, from 1 and without gaps
 */
record StreamedEvent(
    EventSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String eventType,
    Instant eventDate,
    long eventDateMs,
    String resourceType,
    String resourceSid,
    @Nullable String taskSid,
    @Nullable Integer taskEventNumber,
    @Nullable String workerSid,
    @Nullable String reservationSid,
    Map<String, ?> eventData) {

  static StreamedEvent of(RecordedEvent event, Tenant tenant) {
    return new StreamedEvent(
        event.sid(),
        tenant.account(),
        tenant.workspace(),
        event.type(),
        event.at(),
        event.at().toEpochMilli(),
        event.resourceType(),
        event.resourceSid(),
        event.taskSid(),
        event.taskNumber(),
        event.workerSid(),
        event.reservationSid(),
        event.data());
  }
}
