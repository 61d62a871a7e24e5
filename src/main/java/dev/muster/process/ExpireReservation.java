package dev.muster.process;

import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import java.util.List;
import org.springframework.stereotype.Component;

/** Workers have not answered in time: their reservations lapse, the others of the task stay. */
@Component
@WithEngine
public class ExpireReservation {

  private final Asked asked;
  private final Outbox outbox;

  ExpireReservation(Asked asked, Outbox outbox) {
    this.asked = asked;
    this.outbox = outbox;
  }

  @JobWorker(type = TaskProcess.EXPIRE_RESERVATION)
  public void expire(
      @Variable String workspaceSid,
      @Variable String taskSid,
      @Variable List<String> reservationSids) {
    var workspace = WorkspaceSid.of(workspaceSid);
    var expired =
        reservationSids.stream()
            .map(ReservationSid::of)
            .filter(reservation -> asked.expireReservation(workspace, reservation))
            .count();
    if (expired == 0) {
      outbox.retell(workspace, TaskSid.of(taskSid));
    }
  }
}
