package dev.muster.callback;

import dev.muster.account.AccountSid;
import dev.muster.delivery.DeliverySid;
import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.web.BaseUrl;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A delivery on the wire. */
record DeliveryBody(
    DeliverySid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    WorkflowSid workflowSid,
    TaskSid taskSid,
    ReservationSid reservationSid,
    URI requestUrl,
    DeliveryStatus status,
    @Nullable Integer responseCode,
    @Nullable String answer,
    @Nullable String instruction,
    @Nullable Integer errorCode,
    @Nullable String errorMessage,
    @Nullable Integer durationMillis,
    Instant dateCreated,
    @Nullable Instant dateEnded,
    String url) {

  static DeliveryBody of(Delivery delivery, Tenant tenant, BaseUrl base) {
    return new DeliveryBody(
        delivery.sid(),
        tenant.account(),
        tenant.workspace(),
        delivery.workflow(),
        delivery.task(),
        delivery.reservation(),
        delivery.requestUrl(),
        delivery.status(),
        delivery.responseCode(),
        delivery.answer(),
        delivery.instruction(),
        delivery.errorCode(),
        delivery.errorMessage(),
        delivery.durationMillis(),
        delivery.createdAt(),
        delivery.endedAt(),
        "%s/muster/v1/Workspaces/%s/Workflows/%s/Deliveries/%s"
            .formatted(base, tenant.workspace(), delivery.workflow(), delivery.sid()));
  }
}
