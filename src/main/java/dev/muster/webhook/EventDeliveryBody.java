package dev.muster.webhook;

import dev.muster.account.AccountSid;
import dev.muster.event.EventSid;
import dev.muster.web.BaseUrl;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A delivery on the wire. */
record EventDeliveryBody(
    EventSid eventSid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String eventType,
    URI requestUrl,
    EventDeliveryStatus status,
    int attempts,
    @Nullable Integer responseCode,
    @Nullable String answer,
    @Nullable String errorMessage,
    @Nullable Integer durationMillis,
    Instant dateCreated,
    @Nullable Instant dateLastAttempt,
    @Nullable Instant dateNextAttempt,
    String eventUrl,
    String url) {

  static EventDeliveryBody of(EventDelivery delivery, Tenant tenant, BaseUrl base) {
    return new EventDeliveryBody(
        delivery.event(),
        tenant.account(),
        tenant.workspace(),
        delivery.eventType(),
        delivery.requestUrl(),
        delivery.status(),
        delivery.attempts(),
        delivery.responseCode(),
        delivery.answer(),
        delivery.errorMessage(),
        delivery.durationMillis(),
        delivery.createdAt(),
        delivery.lastAttemptAt(),
        delivery.nextAttemptAt(),
        "%s/Events/%s".formatted(base.workspace(tenant.workspace()), delivery.event()),
        "%s/muster/v1/Workspaces/%s/EventDeliveries/%s"
            .formatted(base, tenant.workspace(), delivery.event()));
  }
}
