package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import org.springframework.stereotype.Component;

/**
 * A task has lived its time without being assigned, and is canceled; or a worker has had it for too
 * long, and it is taken away.
 */
@Component
@WithEngine
public class ExpireTask {

  private final Asked asked;
  private final Outbox outbox;

  ExpireTask(Asked asked, Outbox outbox) {
    this.asked = asked;
    this.outbox = outbox;
  }

  @JobWorker(type = TaskProcess.EXPIRE_TASK)
  public void expire(@Variable String workspaceSid, @Variable String taskSid) {
    var workspace = WorkspaceSid.of(workspaceSid);
    var task = TaskSid.of(taskSid);
    if (!asked.expire(workspace, task)) {
      outbox.retell(workspace, task);
    }
  }
}
