package dev.muster.process;

import dev.muster.reservation.Answer;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.web.IfMatch;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.stereotype.Component;

/** Asks the collections that the REST API calls. */
@Component
class AskedOfTasks implements Asked {

  private final TaskRouting routing;
  private final Reservations reservations;

  AskedOfTasks(TaskRouting routing, Reservations reservations) {
    this.routing = routing;
    this.reservations = reservations;
  }

  @Override
  public boolean escalate(WorkspaceSid workspace, TaskSid task) {
    return routing.doWhatIsDue(workspace, task);
  }

  @Override
  public boolean expire(WorkspaceSid workspace, TaskSid task) {
    return routing.doWhatIsDue(workspace, task);
  }

  @Override
  public boolean expireReservation(WorkspaceSid workspace, ReservationSid reservation) {
    return reservations.expire(workspace, reservation);
  }

  @Override
  public boolean accept(WorkspaceSid workspace, ReservationSid reservation) {
    return reservations.find(workspace, reservation).isPresent()
        && switch (reservations.accept(workspace, reservation, new IfMatch.Any())) {
          case Answer.Taken taken -> true;
          case Answer.TooLate late -> true;
          case Answer.NotPending settled -> false;
        };
  }
}
