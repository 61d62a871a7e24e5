package dev.muster.workflow;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.web.BaseUrl;
import dev.muster.workflow.Published.WaitingTasks;
import dev.muster.workspace.Tenant;
import java.util.List;

/**
 * The answer to a change of a workflow: its fields, and beside them what the original does not
 * know.
 *
 * @param version of the configuration
 * @param warnings what is odd about the configuration
 */
record WorkflowAnswer(
    @JsonUnwrapped WorkflowBody workflow,
    int version,
    List<OddPlace> warnings,
    WaitingTasks waitingTasks) {

  static WorkflowAnswer of(Published published, Advice advice, Tenant tenant, BaseUrl base) {
    var workflow = published.workflow();
    return new WorkflowAnswer(
        WorkflowBody.of(workflow, tenant, base),
        workflow.version(),
        advice.on(tenant.workspace(), workflow.configuration()),
        published.waitingTasks());
  }
}
