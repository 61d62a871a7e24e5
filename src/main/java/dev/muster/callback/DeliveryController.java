package dev.muster.callback;

import dev.muster.delivery.DeliverySid;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workflow.Workflows;
import dev.muster.workspace.Tenant;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows tenants what their systems were told about a workflow's offers, and what they answered. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/Deliveries")
class DeliveryController {

  private final Deliveries deliveries;
  private final Workflows workflows;

  DeliveryController(Deliveries deliveries, Workflows workflows) {
    this.deliveries = deliveries;
    this.workflows = workflows;
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant,
      @PathVariable("WorkflowSid") WorkflowSid workflow,
      @Form DeliveryFilter filter,
      PageRequest page,
      BaseUrl base) {
    var sid = workflows.get(tenant.workspace(), workflow).sid();
    var found = deliveries.list(tenant.workspace(), sid, filter, page);
    return PageBody.of(
        "deliveries", found.map(delivery -> DeliveryBody.of(delivery, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  DeliveryBody fetch(
      Tenant tenant,
      @PathVariable("WorkflowSid") WorkflowSid workflow,
      @PathVariable("Sid") DeliverySid sid,
      BaseUrl base) {
    return DeliveryBody.of(deliveries.get(tenant.workspace(), workflow, sid), tenant, base);
  }
}
