package dev.muster.workflow;

import dev.muster.queue.QueueSettings;
import dev.muster.queue.TaskOrder;
import dev.muster.queue.TaskQueues;
import dev.muster.workflow.WorkflowForms.NewWorkflow;
import dev.muster.workspace.Template;
import dev.muster.workspace.WorkspaceCreated;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives a workspace made from the template FIFO a queue for everyone and a workflow that leads to
 * it.
 */
@Component
class FifoTemplate {

  private static final String INSTRUCTION =
      """
      {"task_routing":{"filters":[],"default_filter":{"queue":"%s"}}}""";

  private final TaskQueues queues;
  private final Workflows workflows;

  FifoTemplate(TaskQueues queues, Workflows workflows) {
    this.queues = queues;
    this.workflows = workflows;
  }

  @EventListener
  void on(WorkspaceCreated created) {
    if (created.template() == Template.FIFO) {
      var queue =
          queues.create(
              created.workspace(),
              new QueueSettings("Sample Queue", "1==1", 1, TaskOrder.FIFO, null, null));
      workflows.create(
          created.workspace(),
          new NewWorkflow(
              "Default Fifo Workflow", INSTRUCTION.formatted(queue.sid()), null, null, 120),
          new Authorship("template FIFO", null));
    }
  }
}
