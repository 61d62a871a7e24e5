package dev.muster.workflow;

import dev.muster.account.Caller;
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
  private final Advice advice;

  WorkflowController(Workflows workflows, Advice advice) {
    this.workflows = workflows;
    this.advice = advice;
  }

  @PostMapping
  ResponseEntity<WorkflowAnswer> create(
      Tenant tenant, Caller caller, @Form NewWorkflow form, BaseUrl base) {
    var published = workflows.create(tenant.workspace(), form, Authorship.of(caller));
    return Answers.created(WorkflowAnswer.of(published, advice, tenant, base));
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
  WorkflowAnswer update(
      Tenant tenant,
      Caller caller,
      @PathVariable("Sid") WorkflowSid sid,
      @Form WorkflowUpdate form,
      BaseUrl base) {
    var published = workflows.update(tenant.workspace(), sid, form, Authorship.of(caller));
    return WorkflowAnswer.of(published, advice, tenant, base);
  }

  @DeleteMapping("/{Sid}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable("Sid") WorkflowSid sid) {
    workflows.delete(tenant.workspace(), sid);
  }
}
