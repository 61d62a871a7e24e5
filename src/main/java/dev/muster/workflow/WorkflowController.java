package dev.muster.workflow;

import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.workflow.WorkflowForms.NewWorkflow;
import dev.muster.workflow.WorkflowForms.WorkflowFilter;
import dev.muster.workflow.WorkflowForms.WorkflowUpdate;
import dev.muster.workspace.Tenant;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Workflows")
class WorkflowController {

  private final Workflows workflows;

  WorkflowController(Workflows workflows) {
    this.workflows = workflows;
  }

  @PostMapping
  ResponseEntity<WorkflowBody> create(Tenant tenant, @Form NewWorkflow form, BaseUrl base) {
    var workflow = workflows.create(tenant.workspace(), form);
    return Answers.created(WorkflowBody.of(workflow, tenant, base));
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant, @Form WorkflowFilter filter, PageRequest page, BaseUrl base) {
    var workflowsPage = workflows.list(tenant.workspace(), filter.friendlyName(), page);
    return PageBody.of(
        "workflows", workflowsPage.map(workflow -> WorkflowBody.of(workflow, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  WorkflowBody fetch(Tenant tenant, @PathVariable("Sid") WorkflowSid sid, BaseUrl base) {
    return WorkflowBody.of(workflows.get(tenant.workspace(), sid), tenant, base);
  }

  @PostMapping("/{Sid}")
  WorkflowBody update(
      Tenant tenant,
      @PathVariable("Sid") WorkflowSid sid,
      @Form WorkflowUpdate form,
      BaseUrl base) {
    return WorkflowBody.of(workflows.update(tenant.workspace(), sid, form), tenant, base);
  }

  @DeleteMapping("/{Sid}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable("Sid") WorkflowSid sid) {
    workflows.delete(tenant.workspace(), sid);
  }
}
