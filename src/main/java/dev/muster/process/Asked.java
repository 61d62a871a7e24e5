package dev.muster.process;

import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;

/**
 * What the process's timers and people ask of the rest. Each may be called twice and late; then
 * nothing happens. Returns false if it did not change anything, so that the process is told again
 * where the task stands.
 */
interface Asked {

  boolean escalate(WorkspaceSid workspace, TaskSid task);

  boolean expire(WorkspaceSid workspace, TaskSid task);

  boolean expireReservation(WorkspaceSid workspace, ReservationSid reservation);

  boolean accept(WorkspaceSid workspace, ReservationSid reservation);

  boolean complete(WorkspaceSid workspace, TaskSid task, @Nullable String reason);
}
