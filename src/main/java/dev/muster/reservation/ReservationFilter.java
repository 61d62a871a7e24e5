package dev.muster.reservation;

import dev.muster.worker.WorkerSid;
import org.jspecify.annotations.Nullable;

/** Which reservations of a task or a worker are listed; what is absent does not narrow the list. */
record ReservationFilter(
    @Nullable ReservationStatus reservationStatus, @Nullable WorkerSid workerSid) {}
