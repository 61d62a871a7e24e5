package dev.muster.reservation;

import static dev.muster.reservation.ReservationStatus.ACCEPTED;
import static dev.muster.reservation.ReservationStatus.CANCELED;
import static dev.muster.reservation.ReservationStatus.COMPLETED;
import static dev.muster.reservation.ReservationStatus.PENDING;
import static dev.muster.reservation.ReservationStatus.WRAPPING;

import dev.muster.task.Task;
import dev.muster.task.TaskChanged;
import dev.muster.worker.Capacity;
import dev.muster.workspace.WorkspaceDeleted;
import java.time.Instant;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets reservations follow what happens to their task, in the same transaction. */
@Component
class FollowTask {

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Endings endings;
  private final Capacity capacity;
  private final AfterWork afterWork;

  FollowTask(
      ReservationRows rows,
      ReservationLog log,
      Endings endings,
      Capacity capacity,
      AfterWork afterWork) {
    this.rows = rows;
    this.log = log;
    this.endings = endings;
    this.capacity = capacity;
    this.afterWork = afterWork;
  }

  @EventListener
  void on(TaskChanged change) {
    var now = log.now();
    var task = change.task();
    switch (change.what()) {
      case CANCELED -> endings.endAll(task, PENDING, CANCELED, now);
      case WRAPPING -> wrap(task, now);
      case COMPLETED -> complete(task, now);
      case DELETED -> {
        endings.endAll(task, PENDING, CANCELED, now);
        complete(task, now);
      }
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
    afterWork.move(endings.endAll(task, ACCEPTED, COMPLETED, now), now);
    afterWork.move(endings.endAll(task, WRAPPING, COMPLETED, now), now);
  }
}
