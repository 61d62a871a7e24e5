package dev.muster.process;

import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.workflow.ProcessId;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import jakarta.validation.constraints.NotNull;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}/Process")
class WorkflowProcessController {

  record Choice(@NotNull ProcessId processId) {}

  private final ChosenProcesses processes;

  WorkflowProcessController(ChosenProcesses processes) {
    this.processes = processes;
  }

  @GetMapping
  ProcessBody fetch(Tenant tenant, @PathVariable("Sid") WorkflowSid sid, BaseUrl base) {
    var process = processes.get(tenant.workspace(), sid);
    return ProcessBody.of(tenant, sid, process, processes.presence(process), base);
  }

  @PostMapping
  ProcessBody update(
      Tenant tenant, @PathVariable("Sid") WorkflowSid sid, @Form Choice choice, BaseUrl base) {
    var presence = processes.choose(tenant, sid, choice.processId());
    return ProcessBody.of(tenant, sid, choice.processId(), presence, base);
  }

  /** Returns to Muster's own. */
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable("Sid") WorkflowSid sid) {
    processes.forget(tenant.workspace(), sid);
  }
}
