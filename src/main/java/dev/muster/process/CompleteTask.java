package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.WorkspaceSid;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A process of a tenant's choice finds its task done: it is completed. */
@Component
@WithEngine
public class CompleteTask {

  static final String TYPE = "complete-task";

  private final Asked asked;
  private final Outbox outbox;

  CompleteTask(Asked asked, Outbox outbox) {
    this.asked = asked;
    this.outbox = outbox;
  }

  @JobWorker(type = TYPE)
  public void complete(
      ActivatedJob job,
      @Variable String workspaceSid,
      @Variable String taskSid,
      @Variable(optional = true) @Nullable String reason) {
    var process = new ProcessId(job.getBpmnProcessId());
    var workspace = WorkspaceSid.of(workspaceSid);
    var task = TaskSid.of(taskSid);
    if (!asked.complete(process, workspace, task, reason)) {
      outbox.retell(workspace, task);
    }
  }
}
