package dev.muster.reservation;

import dev.muster.task.Task;
import dev.muster.task.TaskLife;
import dev.muster.task.Tasks;
import dev.muster.web.IfMatch;
import dev.muster.web.Refused;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What becomes of an accepted reservation: it moves together with its task, unless the worker has
 * handed that on and left.
 */
@Component
class Work {

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Tasks tasks;
  private final TaskLife life;
  private final Leave leave;

  Work(ReservationRows rows, ReservationLog log, Tasks tasks, TaskLife life, Leave leave) {
    this.rows = rows;
    this.log = log;
    this.tasks = tasks;
    this.life = life;
    this.leave = leave;
  }

  /**
   * The work is done, the worker writes it up. A task that was handed on in mode COLD goes on
   * without this worker; otherwise the task moves along, and is not handed on any more.
   *
   * @param postWorkActivity what the worker does once the work is completed; null for no change
   * @throws Refused if there is no such reservation, it is not accepted, or it has another version
   *     than expected
   */
  @Transactional
  Reservation wrap(
      WorkspaceSid workspace,
      ReservationSid sid,
      @Nullable ActivitySid postWorkActivity,
      IfMatch match) {
    var task = held(workspace, sid, "wrap up", match, ReservationStatus.ACCEPTED);
    note(workspace, sid, postWorkActivity);
    if (leave.hasLeft(task)) {
      leave.wrap(task, log.now());
      return rows.find(workspace, sid).orElseThrow();
    }
    return after(workspace, sid, life.wrap(task, null, log.now()));
  }

  /**
   * All is done. The task is completed as well.
   *
   * @param postWorkActivity what the worker does from now on; null for no change
   * @throws Refused if there is no such reservation, it is neither accepted nor wrapping, it has
   *     another version than expected, or its task was handed on in mode COLD and nobody has taken
   *     it yet
   */
  @Transactional
  Reservation complete(
      WorkspaceSid workspace,
      ReservationSid sid,
      @Nullable ActivitySid postWorkActivity,
      IfMatch match) {
    var task =
        held(
            workspace,
            sid,
            "complete",
            match,
            ReservationStatus.ACCEPTED,
            ReservationStatus.WRAPPING);
    leave.checkNotLeft(task, sid);
    note(workspace, sid, postWorkActivity);
    return after(workspace, sid, life.complete(task, null, log.now()));
  }

  private void note(
      WorkspaceSid workspace, ReservationSid sid, @Nullable ActivitySid postWorkActivity) {
    if (postWorkActivity != null) {
      rows.setPostWork(rows.find(workspace, sid).orElseThrow(), postWorkActivity);
    }
  }

  /** The reservation's task, held, if the reservation has one of these statuses. */
  private Task held(
      WorkspaceSid workspace,
      ReservationSid sid,
      String verb,
      IfMatch match,
      ReservationStatus... expected) {
    var found = rows.find(workspace, sid).orElseThrow(Refused::notFound);
    var task = tasks.lock(workspace, found.task());
    var present = rows.find(workspace, sid).orElseThrow(Refused::notFound);
    match.check(present.version());
    return task.filter(held -> Set.of(expected).contains(present.status()))
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected to %s reservation %s while it is %s, but it is %s",
                    verb,
                    sid,
                    Set.of(expected).stream()
                        .map(ReservationStatus::wireName)
                        .sorted()
                        .collect(Collectors.joining(" or ")),
                    present.status().wireName()));
  }

  private Reservation after(WorkspaceSid workspace, ReservationSid sid, Optional<Task> changed) {
    return changed
        .flatMap(task -> rows.find(workspace, sid))
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected the task of reservation %s to move with it, but it is not assigned",
                    sid));
  }
}
