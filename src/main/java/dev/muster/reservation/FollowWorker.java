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
  private final Offers offers;

  FollowWorker(ReservationRows rows, Reservations reservations, Tasks tasks, Offers offers) {
    this.rows = rows;
    this.reservations = reservations;
    this.tasks = tasks;
    this.offers = offers;
  }

  /**
   * No offer is made meanwhile, or it would stay with a worker who has turned down all. All the
   * tasks are held before the first answer, since answers lock the worker.
   */
  @EventListener
  void on(PendingReservationsRefused refused) {
    offers.hold(refused.workspace());
    tasks.holdPlaces(refused.workspace());
    var pending = rows.pendingOf(refused.workspace(), refused.worker());
    tasks.holdAll(refused.workspace(), pending.stream().map(Reservation::task).toList());
    pending.forEach(
        reservation ->
            reservations.reject(refused.workspace(), reservation.sid(), null, new IfMatch.Any()));
  }
}
