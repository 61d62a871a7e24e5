package dev.muster.webhook;

import dev.muster.event.EventSid;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.webhook.EventDeliveryForms.EventDeliveryFilter;
import dev.muster.webhook.EventDeliveryForms.Replay;
import dev.muster.workspace.Tenant;
import java.time.Clock;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows tenants how their systems were told of events, and tells them again. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/EventDeliveries")
class EventDeliveryController {

  record Replayed(int replayed) {}

  private final EventDeliveries deliveries;
  private final Replays replays;
  private final Clock clock;

  EventDeliveryController(EventDeliveries deliveries, Replays replays, Clock clock) {
    this.deliveries = deliveries;
    this.replays = replays;
    this.clock = clock;
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant, @Form EventDeliveryFilter filter, PageRequest page, BaseUrl base) {
    var found = deliveries.list(tenant.workspace(), filter, page);
    return PageBody.of(
        "event_deliveries",
        found.map(delivery -> EventDeliveryBody.of(delivery, tenant, base)),
        base);
  }

  @GetMapping("/{EventSid}")
  EventDeliveryBody fetch(Tenant tenant, @PathVariable("EventSid") EventSid event, BaseUrl base) {
    return EventDeliveryBody.of(deliveries.get(tenant.workspace(), event), tenant, base);
  }

  @PostMapping("/{EventSid}/Replay")
  EventDeliveryBody replay(Tenant tenant, @PathVariable("EventSid") EventSid event, BaseUrl base) {
    var queued = deliveries.replay(tenant.workspace(), event, clock.instant());
    return EventDeliveryBody.of(queued, tenant, base);
  }

  @PostMapping("/Replay")
  Replayed replayAll(Tenant tenant, @Form Replay form) {
    return new Replayed(replays.replay(tenant.workspace(), form));
  }
}
