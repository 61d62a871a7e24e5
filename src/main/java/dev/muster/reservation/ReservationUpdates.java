package dev.muster.reservation;

import dev.muster.reservation.Answer.NotPending;
import dev.muster.reservation.Answer.Taken;
import dev.muster.reservation.Answer.TooLate;
import dev.muster.reservation.ReservationForms.Answering;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
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

  private final Reservations reservations;
  private final Work work;
  private final Activities activities;

  ReservationUpdates(Reservations reservations, Work work, Activities activities) {
    this.reservations = reservations;
    this.work = work;
    this.activities = activities;
  }

  /**
   * Updates a reservation.
   *
   * @throws Refused if it cannot be answered any more (410 if another worker was faster), its
   *     status does not allow the change, it has another version than expected, or the instruction
   *     needs telephony
   */
  Reservation update(WorkspaceSid workspace, ReservationSid sid, Answering form, IfMatch match) {
    var wanted = wanted(form);
    return switch (wanted) {
      case ACCEPTED -> taken("accept", reservations.accept(workspace, sid, match));
      case REJECTED -> reject(workspace, sid, form.workerActivitySid(), match);
      case WRAPPING -> work.wrap(workspace, sid, match);
      case COMPLETED -> work.complete(workspace, sid, match);
      case PENDING, TIMEOUT, CANCELED, RESCINDED ->
          throw Refused.invalid(
              "Expected ReservationStatus to be accepted, rejected, wrapping or completed, but got '%s'",
              wanted.wireName());
    };
  }

  private static ReservationStatus wanted(Answering form) {
    var status = status(form);
    if (form.workerActivitySid() != null && status != ReservationStatus.REJECTED) {
      throw Refused.invalid(
          "Expected WorkerActivitySid only with ReservationStatus=rejected or Instruction=reject, but it came with '%s'",
          status.wireName());
    }
    return status;
  }

  private static ReservationStatus status(Answering form) {
    var status = form.reservationStatus();
    var instruction = form.instruction();
    if (status != null && instruction == null) {
      return status;
    }
    if (status != null || instruction == null) {
      throw Refused.invalid(
          "Expected either ReservationStatus or Instruction, but got %s",
          status == null ? "neither" : "both");
    }
    return switch (instruction) {
      case ACCEPT -> ReservationStatus.ACCEPTED;
      case REJECT -> ReservationStatus.REJECTED;
      case DEQUEUE, CALL, REDIRECT, CONFERENCE, SUPERVISE ->
          throw Refused.withCode(
              Refusal.INVALID,
              instruction.failure(),
              "Expected telephony for the instruction '%s', but none is connected to this service"
                  .formatted(instruction.wireName()));
    };
  }

  private Reservation reject(
      WorkspaceSid workspace, ReservationSid sid, @Nullable ActivitySid activity, IfMatch match) {
    if (activity != null && activities.find(workspace, activity).isEmpty()) {
      throw Refused.invalid(
          "Expected WorkerActivitySid to be an activity of this workspace, but there is no %s",
          activity);
    }
    return taken("reject", reservations.reject(workspace, sid, activity, match));
  }

  private static Reservation taken(String verb, Answer answer) {
    return switch (answer) {
      case Taken taken -> taken.reservation();
      case TooLate late ->
          throw Refused.invalid(
              "Expected to %s reservation %s before %s, but that time is over",
              verb, late.reservation().sid(), late.reservation().expiresAt());
      case NotPending over -> throw notPending(verb, over.reservation());
    };
  }

  private static Refused notPending(String verb, Reservation reservation) {
    var message =
        "Expected to %s reservation %s while it is pending, but it is already %s"
            .formatted(verb, reservation.sid(), reservation.status().wireName());
    return new Refused(
        reservation.status() == ReservationStatus.RESCINDED ? Refusal.GONE : Refusal.INVALID,
        message);
  }
}
