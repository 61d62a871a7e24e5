package dev.muster.process;

import dev.muster.reservation.Answer;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.task.TaskUpdates;
import dev.muster.web.IfMatch;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the collections that the REST API calls. */
@Component
class AskedOfTasks implements Asked {

  private final TaskRouting routing;
  private final TaskUpdates updates;
  private final Reservations reservations;

  AskedOfTasks(TaskRouting routing, TaskUpdates updates, Reservations reservations) {
    this.routing = routing;
    this.updates = updates;
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

  @Override
  public boolean complete(WorkspaceSid workspace, TaskSid task, @Nullable String reason) {
    return updates.complete(workspace, task, reason);
  }
}
