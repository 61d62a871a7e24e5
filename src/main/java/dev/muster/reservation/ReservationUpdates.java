package dev.muster.reservation;

import dev.muster.reservation.Answer.NotPending;
import dev.muster.reservation.Answer.Taken;
import dev.muster.reservation.Answer.TooLate;
import dev.muster.task.Task;
import dev.muster.task.TaskLife;
import dev.muster.task.Tasks;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a caller may change of a reservation, under its task or under its worker. */
@Component
class ReservationUpdates {

  record Update(
      @Nullable ReservationStatus reservationStatus,
      @Nullable ActivitySid workerActivitySid,
      @Nullable Instruction instruction) {}

  private final Reservations reservations;
  private final Tasks tasks;
  private final TaskLife life;
  private final Clock clock;

  ReservationUpdates(Reservations reservations, Tasks tasks, TaskLife life, Clock clock) {
    this.reservations = reservations;
    this.tasks = tasks;
    this.life = life;
    this.clock = clock;
  }

  /**
   * Updates a reservation.
   *
   * @throws Refused if it cannot be answered any more (410 if another worker was faster), its
   *     status does not allow the change, it has another version than expected, or the instruction
   *     needs telephony
   */
  @Transactional(noRollbackFor = Refused.class)
  Reservation update(Tenant tenant, Reservation reservation, Update update, IfMatch match) {
    return switch (wanted(update)) {
      case ACCEPTED ->
          taken("accept", reservations.accept(tenant.workspace(), reservation.sid(), match));
      case REJECTED ->
          taken(
              "reject",
              reservations.reject(
                  tenant.workspace(), reservation.sid(), update.workerActivitySid(), match));
      case WRAPPING -> wrap(tenant.workspace(), reservation.sid(), match);
      case COMPLETED -> complete(tenant.workspace(), reservation.sid(), match);
      case PENDING, TIMEOUT, CANCELED, RESCINDED ->
          throw Refused.invalid(
              "Expected ReservationStatus to be accepted, rejected, wrapping or completed, but got '%s'",
              wanted(update).wireName());
    };
  }

  private static ReservationStatus wanted(Update update) {
    if (update.workerActivitySid() != null && status(update) != ReservationStatus.REJECTED) {
      throw Refused.invalid(
          "Expected WorkerActivitySid only with ReservationStatus=rejected, but it came with '%s'",
          status(update).wireName());
    }
    return status(update);
  }

  private static ReservationStatus status(Update update) {
    if (update.reservationStatus() != null && update.instruction() == null) {
      return update.reservationStatus();
    }
    if (update.reservationStatus() != null || update.instruction() == null) {
      throw Refused.invalid(
          "Expected either ReservationStatus or Instruction, but got %s",
          update.instruction() == null ? "neither" : "both");
    }
    return switch (update.instruction()) {
      case ACCEPT -> ReservationStatus.ACCEPTED;
      case REJECT -> ReservationStatus.REJECTED;
      case DEQUEUE, CALL, REDIRECT, CONFERENCE, SUPERVISE ->
          throw Refused.withCode(
              Refusal.INVALID,
              update.instruction().failure(),
              "Expected telephony for the instruction '%s', but none is connected to this service"
                  .formatted(update.instruction().wireName()));
    };
  }

  private static Reservation taken(String verb, Answer answer) {
    return switch (answer) {
      case Taken taken -> taken.reservation();
      case TooLate late ->
          throw Refused.invalid(
              "Expected to %s reservation %s before %s, but that time is over",
              verb, late.reservation().sid(), late.reservation().expiresAt());
      case NotPending over -> {
        var message =
            "Expected to %s reservation %s while it is pending, but it is already %s"
                .formatted(verb, over.reservation().sid(), over.reservation().status().wireName());
        throw over.reservation().status() == ReservationStatus.RESCINDED
            ? new Refused(Refusal.GONE, message)
            : Refused.invalid("%s", message);
      }
    };
  }

  private Reservation wrap(WorkspaceSid workspace, ReservationSid sid, IfMatch match) {
    var present = held(workspace, sid, match);
    if (present.status() != ReservationStatus.ACCEPTED) {
      throw illegal("wrap up", present, "accepted");
    }
    return afterwards(
        workspace,
        sid,
        tasks
            .lock(workspace, present.task())
            .flatMap(
                task -> life.wrap(task, null, clock.instant().truncatedTo(ChronoUnit.MICROS))));
  }

  private Reservation complete(WorkspaceSid workspace, ReservationSid sid, IfMatch match) {
    var present = held(workspace, sid, match);
    if (present.status() != ReservationStatus.ACCEPTED
        && present.status() != ReservationStatus.WRAPPING) {
      throw illegal("complete", present, "accepted or wrapping");
    }
    return afterwards(
        workspace,
        sid,
        tasks
            .lock(workspace, present.task())
            .flatMap(
                task -> life.complete(task, null, clock.instant().truncatedTo(ChronoUnit.MICROS))));
  }

  /** The reservation as it is while its task is held. */
  private Reservation held(WorkspaceSid workspace, ReservationSid sid, IfMatch match) {
    var present =
        reservations
            .find(workspace, sid)
            .flatMap(found -> tasks.lock(workspace, found.task()))
            .flatMap(task -> reservations.find(workspace, sid))
            .orElseThrow(Refused::notFound);
    match.check(present.version());
    return present;
  }

  private Reservation afterwards(
      WorkspaceSid workspace, ReservationSid sid, Optional<Task> changed) {
    return changed
        .flatMap(task -> reservations.find(workspace, sid))
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected the task of reservation %s to follow it, but it is not assigned",
                    sid));
  }

  private static Refused illegal(String verb, Reservation reservation, String expected) {
    return Refused.invalid(
        "Expected to %s reservation %s while it is %s, but it is %s",
        verb, reservation.sid(), expected, reservation.status().wireName());
  }
}
