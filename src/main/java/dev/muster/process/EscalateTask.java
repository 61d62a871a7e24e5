package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import org.springframework.stereotype.Component;

/** A target has had its time: the task goes on to the next one. */
@Component
@WithEngine
public class EscalateTask {

  private final Asked asked;
  private final Outbox outbox;

  EscalateTask(Asked asked, Outbox outbox) {
    this.asked = asked;
    this.outbox = outbox;
  }

  @JobWorker(type = TaskProcess.ESCALATE_TASK)
  public void escalate(@Variable String workspaceSid, @Variable String taskSid) {
    var workspace = WorkspaceSid.of(workspaceSid);
    var task = TaskSid.of(taskSid);
    if (!asked.escalate(workspace, task)) {
      outbox.retell(workspace, task);
    }
  }
}
