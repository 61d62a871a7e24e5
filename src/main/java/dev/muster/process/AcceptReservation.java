package dev.muster.process;

import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.WorkspaceSid;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ActivatedJob;
import org.springframework.stereotype.Component;

/** A worker completed the user task: that accepts the reservation, if it can still be accepted. */
@Component
@WithEngine
public class AcceptReservation {

  private final Asked asked;
  private final Outbox outbox;

  AcceptReservation(Asked asked, Outbox outbox) {
    this.asked = asked;
    this.outbox = outbox;
  }

  @JobWorker(type = TaskProcess.ACCEPT_RESERVATION)
  public void accept(
      ActivatedJob job,
      @Variable String workspaceSid,
      @Variable String taskSid,
      @Variable String reservationSid) {
    var process = new ProcessId(job.getBpmnProcessId());
    var workspace = WorkspaceSid.of(workspaceSid);
    if (!asked.accept(process, workspace, ReservationSid.of(reservationSid))) {
      outbox.retell(workspace, TaskSid.of(taskSid));
    }
  }
}
