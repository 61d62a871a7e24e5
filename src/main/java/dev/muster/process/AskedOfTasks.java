package dev.muster.process;

import dev.muster.reservation.Answer;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.task.TaskUpdates;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.Tenants;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the collections that the REST API calls. */
@Component
class AskedOfTasks implements Asked {

  private final TaskRouting routing;
  private final TaskUpdates updates;
  private final Reservations reservations;
  private final Tenants tenants;
  private final AccessSettings access;

  AskedOfTasks(
      TaskRouting routing,
      TaskUpdates updates,
      Reservations reservations,
      Tenants tenants,
      AccessSettings access) {
    this.routing = routing;
    this.updates = updates;
    this.reservations = reservations;
    this.tenants = tenants;
    this.access = access;
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
  public boolean accept(ProcessId process, WorkspaceSid workspace, ReservationSid reservation) {
    allow(process, workspace);
    return reservations.find(workspace, reservation).isPresent()
        && switch (reservations.accept(workspace, reservation, new IfMatch.Any())) {
          case Answer.Taken taken -> true;
          case Answer.TooLate late -> true;
          case Answer.NotPending settled -> false;
        };
  }

  @Override
  public boolean complete(
      ProcessId process, WorkspaceSid workspace, TaskSid task, @Nullable String reason) {
    allow(process, workspace);
    return updates.complete(workspace, task, reason);
  }

  /** The variables of any process in the cluster may name any task. */
  private void allow(ProcessId process, WorkspaceSid workspace) {
    if (process.equals(ChosenProcesses.OWN)) {
      return;
    }
    if (tenants.owner(workspace).filter(account -> access.mayName(account, process)).isEmpty()) {
      throw new Refused(
          Refusal.FORBIDDEN,
          "Expected the job of a process that the operator allows the account of workspace %s, but '%s' is none"
              .formatted(workspace, process));
    }
  }
}
