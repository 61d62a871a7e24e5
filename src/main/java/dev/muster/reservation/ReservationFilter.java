package dev.muster.reservation;

import dev.muster.worker.WorkerSid;
import org.jspecify.annotations.Nullable;

/** Which reservations a list is to hold; what is absent does not narrow it. */
record ReservationFilter(
    @Nullable ReservationStatus reservationStatus, @Nullable WorkerSid workerSid) {

  /** What a list under a worker may be narrowed by. */
  record OfWorker(@Nullable ReservationStatus reservationStatus) {

    ReservationFilter filter() {
      return new ReservationFilter(reservationStatus, null);
    }
  }
}
