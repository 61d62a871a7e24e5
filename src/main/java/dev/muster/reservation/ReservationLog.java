package dev.muster.reservation;

import dev.muster.event.Event;
import dev.muster.event.Events;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What goes with a change of reservations: its instant and its events. */
@Component
class ReservationLog {

  private final Events events;
  private final Clock clock;

  ReservationLog(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** Now, as fine as it can be stored: what is compared with it later must be no finer. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
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
