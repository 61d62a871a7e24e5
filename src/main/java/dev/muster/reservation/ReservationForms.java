package dev.muster.reservation;

import dev.muster.reservation.Directive.Accept;
import dev.muster.reservation.Directive.Reject;
import dev.muster.reservation.TelephonyForms.Call;
import dev.muster.reservation.TelephonyForms.Conference;
import dev.muster.reservation.TelephonyForms.Dequeue;
import dev.muster.reservation.TelephonyForms.Redirect;
import dev.muster.reservation.TelephonyForms.Supervise;
import dev.muster.workspace.ActivitySid;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/** What callers send about reservations. */
final class ReservationForms {

  private ReservationForms() {}

  /** Either a status or an instruction. */
  record Answering(
      @Nullable ReservationStatus reservationStatus,
      @Nullable ActivitySid workerActivitySid,
      @Nullable Instruction instruction) {}

  /** Under a task. */
  record TaskReservationUpdate(
      @Valid Answering answering,
      @Valid Dequeue dequeue,
      @Valid Call call,
      @Valid Redirect redirect,
      @Valid Conference conference,
      @Valid Supervise supervise) {

    /** What goes with the instruction that came. */
    Directive directive(Instruction instruction) {
      return switch (instruction) {
        case ACCEPT -> new Accept(conference.postWorkActivitySid());
        case REJECT -> new Reject(answering.workerActivitySid);
        case DEQUEUE -> dequeue;
        case CALL -> call;
        case REDIRECT -> redirect;
        case CONFERENCE -> conference;
        case SUPERVISE -> supervise;
      };
    }
  }

  /** Under a worker, who cannot be supervised there. */
  record WorkerReservationUpdate(
      @Valid Answering answering,
      @Valid Dequeue dequeue,
      @Valid Call call,
      @Valid Redirect redirect,
      @Valid Conference conference) {

    TaskReservationUpdate underTask() {
      return new TaskReservationUpdate(
          answering, dequeue, call, redirect, conference, new Supervise(null, null));
    }
  }
}
