package dev.muster.process;

import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.stereotype.Component;

/** Stands in until the collections of tasks and reservations are connected. */
@Component
class NobodyAsked implements Asked {

  @Override
  public boolean escalate(WorkspaceSid workspace, TaskSid task) {
    return false;
  }

  @Override
  public boolean expire(WorkspaceSid workspace, TaskSid task) {
    return false;
  }

  @Override
  public boolean expireReservation(WorkspaceSid workspace, ReservationSid reservation) {
    return false;
  }

  @Override
  public boolean accept(WorkspaceSid workspace, ReservationSid reservation) {
    return false;
  }
}
