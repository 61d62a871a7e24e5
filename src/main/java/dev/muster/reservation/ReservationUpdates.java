package dev.muster.reservation;

import dev.muster.reservation.Directive.Accept;
import dev.muster.reservation.Directive.Reject;
import dev.muster.reservation.ReservationForms.TaskReservationUpdate;
import dev.muster.web.IfMatch;
import dev.muster.web.Refused;
import dev.muster.workspace.Activities;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a caller may change of a reservation, under its task or under its worker. No transaction of
 * its own: an answer that came too late is refused after the time-out that it met is written.
 */
@Component
class ReservationUpdates {

  private final Directives directives;
  private final Work work;
  private final Activities activities;

  ReservationUpdates(Directives directives, Work work, Activities activities) {
    this.directives = directives;
    this.work = work;
    this.activities = activities;
  }

  /**
   * Updates a reservation.
   *
   * @throws Refused if it cannot be answered any more (410 if another worker was faster), its
   *     status does not allow the change, it has another version than expected, or the instruction
   *     cannot be carried out
   */
  Reservation update(
      WorkspaceSid workspace, ReservationSid sid, TaskReservationUpdate form, IfMatch match) {
    var status = form.answering().reservationStatus();
    var instruction = form.answering().instruction();
    var activity = form.answering().workerActivitySid();
    if (status != null && instruction == null) {
      checkActivity(activity, status == ReservationStatus.REJECTED, status);
      checkPostWork(workspace, form, status == ReservationStatus.REJECTED, status);
      return move(workspace, sid, status, form, match);
    }
    if (instruction != null && status == null) {
      checkActivity(activity, instruction == Instruction.REJECT, instruction);
      if (!instruction.makesCalls()) {
        checkPostWork(workspace, form, instruction == Instruction.REJECT, instruction);
      }
      return directives.carryOut(workspace, sid, form.directive(instruction), match);
    }
    throw Refused.invalid(
        "Expected either ReservationStatus or Instruction, but got %s",
        status == null ? "neither" : "both");
  }

  private Reservation move(
      WorkspaceSid workspace,
      ReservationSid sid,
      ReservationStatus wanted,
      TaskReservationUpdate form,
      IfMatch match) {
    var postWork = form.conference().postWorkActivitySid();
    return switch (wanted) {
      case ACCEPTED -> directives.carryOut(workspace, sid, new Accept(postWork), match);
      case REJECTED ->
          directives.carryOut(
              workspace, sid, new Reject(form.answering().workerActivitySid()), match);
      case WRAPPING -> work.wrap(workspace, sid, postWork, match);
      case COMPLETED -> work.complete(workspace, sid, postWork, match);
      case PENDING, TIMEOUT, CANCELED, RESCINDED ->
          throw Refused.invalid(
              "Expected ReservationStatus to be accepted, rejected, wrapping or completed, but got '%s'",
              wanted.wireName());
    };
  }

  private static void checkActivity(
      @Nullable ActivitySid activity, boolean rejected, Object asked) {
    if (activity != null && !rejected) {
      throw Refused.invalid(
          "Expected WorkerActivitySid only with ReservationStatus=rejected or Instruction=reject, but it came with '%s'",
          asked);
    }
  }

  /** What comes after the work can be said with everything but a rejection. */
  private void checkPostWork(
      WorkspaceSid workspace, TaskReservationUpdate form, boolean rejected, Object asked) {
    var activity = form.conference().postWorkActivitySid();
    if (activity == null) {
      return;
    }
    if (rejected) {
      throw Refused.invalid(
          "Expected PostWorkActivitySid only with work that is to be done, but it came with '%s'",
          asked);
    }
    if (activities.find(workspace, activity).isEmpty()) {
      throw Refused.invalid(
          "Expected PostWorkActivitySid to be an activity of this workspace, but there is no %s",
          activity);
    }
  }
}
