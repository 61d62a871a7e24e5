package dev.muster.reservation;

import dev.muster.task.Tasks;
import dev.muster.web.IfMatch;
import dev.muster.worker.PendingReservationsRefused;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets reservations follow what happens to their worker, in the same transaction. */
@Component
class FollowWorker {

  private final ReservationRows rows;
  private final Reservations reservations;
  private final Tasks tasks;

  FollowWorker(ReservationRows rows, Reservations reservations, Tasks tasks) {
    this.rows = rows;
    this.reservations = reservations;
    this.tasks = tasks;
  }

  /** All the tasks are held before the first answer, since answers lock the worker. */
  @EventListener
  void on(PendingReservationsRefused refused) {
    var pending = rows.pendingOf(refused.workspace(), refused.worker());
    pending.forEach(reservation -> tasks.lock(refused.workspace(), reservation.task()));
    pending.forEach(
        reservation ->
            reservations.reject(refused.workspace(), reservation.sid(), null, new IfMatch.Any()));
  }
}
