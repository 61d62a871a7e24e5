package dev.muster.process;

import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;

/**
 * What processes' timers and people ask of the rest. Each may be called twice and late; then
 * nothing happens. What is due is done whoever asks, the rest for Muster's own process and those
 * that the operator allows the task's account. Returns false if it did not change anything, so that
 * the process is told again where the task stands.
 */
interface Asked {

  boolean escalate(WorkspaceSid workspace, TaskSid task);

  boolean expire(WorkspaceSid workspace, TaskSid task);

  boolean expireReservation(WorkspaceSid workspace, ReservationSid reservation);

  /**
   * @param process that speaks for the worker
   * @throws dev.muster.web.Refused if the process may not
   */
  boolean accept(ProcessId process, WorkspaceSid workspace, ReservationSid reservation);

  /**
   * @param process that finds the task done
   * @throws dev.muster.web.Refused if the process may not, or the reason cannot be kept
   */
  boolean complete(
      ProcessId process, WorkspaceSid workspace, TaskSid task, @Nullable String reason);
}
