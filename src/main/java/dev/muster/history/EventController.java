package dev.muster.history;

import dev.muster.event.EventSid;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.workspace.Tenant;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Events")
class EventController {

  private final History history;

  EventController(History history) {
    this.history = history;
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant, @Form EventFilter filter, PageRequest page, BaseUrl base) {
    var found = history.list(tenant.workspace(), filter, page);
    return PageBody.of("events", found.map(event -> EventBody.of(event, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  EventBody fetch(Tenant tenant, @PathVariable("Sid") EventSid sid, BaseUrl base) {
    return EventBody.of(history.get(tenant.workspace(), sid), tenant, base);
  }
}
