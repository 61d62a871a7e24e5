package dev.muster.reservation;

import dev.muster.task.Task;
import dev.muster.worker.Capacity;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Ends reservations and gives their units of capacity back. */
@Component
class Endings {

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Capacity capacity;

  Endings(ReservationRows rows, ReservationLog log, Capacity capacity) {
    this.rows = rows;
    this.log = log;
    this.capacity = capacity;
  }

  /** Ends a reservation that is pending. */
  Reservation end(Reservation pending, ReservationStatus to, Instant now) {
    var ended = rows.answer(pending.workspace(), pending.sid(), to, now).orElseThrow();
    release(List.of(ended), pending.status(), now);
    return ended;
  }

  /** Ends the task's reservations of one status. */
  List<Reservation> endAll(Task task, ReservationStatus from, ReservationStatus to, Instant now) {
    var ended = rows.change(task.workspace(), task.sid(), from, to, now);
    release(ended, from, now);
    return ended;
  }

  private void release(List<Reservation> ended, ReservationStatus from, Instant now) {
    if (!ended.isEmpty()) {
      var first = ended.getFirst();
      var units = ended.stream().map(Reservation::unit).toList();
      if (from == ReservationStatus.ACCEPTED) {
        capacity.finish(first.workspace(), units);
      } else {
        capacity.release(first.workspace(), units);
      }
      log.record("reservation." + first.status().wireName(), ended, now);
    }
  }
}
