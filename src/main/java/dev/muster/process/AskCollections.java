package dev.muster.process;

import dev.muster.reservation.Answer;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.web.IfMatch;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.stereotype.Component;

/** Calls the collections that REST calls too. */
@Component
class AskCollections implements Asked {

  private final TaskRouting routing;
  private final Reservations reservations;

  AskCollections(TaskRouting routing, Reservations reservations) {
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
    return reservations
        .find(workspace, reservation)
        .map(found -> reservations.accept(workspace, reservation, new IfMatch.Any()))
        .map(Answer.Taken.class::isInstance)
        .orElse(false);
  }
}
