package dev.muster.reservation;

import dev.muster.event.Event;
import dev.muster.event.Events;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Records what happens to reservations. */
@Component
class ReservationLog {

  private final Events events;

  ReservationLog(Events events) {
    this.events = events;
  }

  void record(String type, Collection<Reservation> reservations, Instant now) {
    events.record(reservations.stream().map(reservation -> event(type, reservation, now)).toList());
  }

  private static Event event(String type, Reservation reservation, Instant now) {
    return new Event(
        reservation.workspace().value(),
        type,
        "reservation",
        reservation.sid().value(),
        now,
        Map.of(
            "reservation_sid", reservation.sid().value(),
            "reservation_version", String.valueOf(reservation.version()),
            "task_sid", reservation.task().value(),
            "task_queue_sid", reservation.queue().value(),
            "worker_sid", reservation.worker().value(),
            "worker_name", reservation.workerName()),
        reservation.task().value(),
        reservation.worker().value(),
        reservation.sid().value(),
        reservation.queue().value(),
        null);
  }
}
