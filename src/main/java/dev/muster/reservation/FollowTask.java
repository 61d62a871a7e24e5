package dev.muster.reservation;

import static dev.muster.reservation.ReservationStatus.ACCEPTED;
import static dev.muster.reservation.ReservationStatus.CANCELED;
import static dev.muster.reservation.ReservationStatus.COMPLETED;
import static dev.muster.reservation.ReservationStatus.PENDING;
import static dev.muster.reservation.ReservationStatus.WRAPPING;

import dev.muster.task.Task;
import dev.muster.task.TaskChanged;
import dev.muster.web.IfMatch;
import dev.muster.worker.Capacity;
import dev.muster.worker.PendingReservationsRefused;
import dev.muster.workspace.WorkspaceDeleted;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets reservations follow what happens to their task or their worker, in the same transaction. */
@Component
class FollowTask {

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Reservations reservations;
  private final Capacity capacity;
  private final Clock clock;

  FollowTask(
      ReservationRows rows,
      ReservationLog log,
      Reservations reservations,
      Capacity capacity,
      Clock clock) {
    this.rows = rows;
    this.log = log;
    this.reservations = reservations;
    this.capacity = capacity;
    this.clock = clock;
  }

  @EventListener
  void on(TaskChanged change) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var task = change.task();
    switch (change.what()) {
      case CANCELED -> end(task, PENDING, CANCELED, now);
      case WRAPPING -> wrap(task, now);
      case COMPLETED -> complete(task, now);
      case DELETED -> {
        end(task, PENDING, CANCELED, now);
        complete(task, now);
      }
    }
  }

  @EventListener
  void on(PendingReservationsRefused refused) {
    for (var pending : rows.pendingOf(refused.workspace(), refused.worker())) {
      reservations.reject(refused.workspace(), pending.sid(), null, new IfMatch.Any());
    }
  }

  @EventListener
  void on(WorkspaceDeleted deleted) {
    rows.deleteAll(deleted.workspace());
  }

  private void wrap(Task task, Instant now) {
    var wrapping = rows.change(task.workspace(), task.sid(), ACCEPTED, WRAPPING, now);
    if (!wrapping.isEmpty()) {
      capacity.unassign(task.workspace(), wrapping.stream().map(Reservation::unit).toList());
      log.record("reservation.wrapup", wrapping, now);
    }
  }

  private void complete(Task task, Instant now) {
    var accepted = end(task, ACCEPTED, COMPLETED, now);
    if (!accepted.isEmpty()) {
      capacity.unassign(task.workspace(), accepted.stream().map(Reservation::unit).toList());
    }
    end(task, WRAPPING, COMPLETED, now);
  }

  /** Ends the task's reservations of a status and gives their units back. */
  private List<Reservation> end(
      Task task, ReservationStatus from, ReservationStatus to, Instant now) {
    var ended = new ArrayList<>(rows.change(task.workspace(), task.sid(), from, to, now));
    if (!ended.isEmpty()) {
      capacity.release(task.workspace(), ended.stream().map(Reservation::unit).toList());
      log.record("reservation." + to.wireName(), ended, now);
    }
    return ended;
  }
}
