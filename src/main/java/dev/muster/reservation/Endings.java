package dev.muster.reservation;

import dev.muster.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Brings reservations to their ends and gives back what they hold of their workers. */
@Component
class Endings {

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Load load;

  Endings(ReservationRows rows, ReservationLog log, Load load) {
    this.rows = rows;
    this.log = log;
    this.load = load;
  }

  /** Holds all who are asked for the task or have it, since not all of them lose it alike. */
  void hold(Task task) {
    var open = rows.open(task.workspace(), task.sid());
    if (open.size() > 1) {
      load.hold(open);
    }
  }

  /** Ends a reservation that is pending. */
  Reservation end(Reservation pending, ReservationStatus to, Instant now) {
    var ended = rows.answer(pending.workspace(), pending.sid(), to, now).orElseThrow();
    release(List.of(ended), pending.status(), now);
    return ended;
  }

  /** Ends a reservation that could not be brought to its worker. */
  Reservation fail(Reservation pending, Instant now) {
    log.record("reservation.failed", List.of(pending), now);
    return end(pending, ReservationStatus.CANCELED, now);
  }

  /** Ends the task's reservations of one status. */
  List<Reservation> endAll(Task task, ReservationStatus from, ReservationStatus to, Instant now) {
    var ended = rows.change(task.workspace(), task.sid(), from, to, now);
    release(ended, from, now);
    return ended;
  }

  /** Lets the worker who has the task write up; the unit of capacity is kept for that. */
  void wrapUp(Task task, Instant now) {
    var wrapping =
        rows.change(
            task.workspace(),
            task.sid(),
            ReservationStatus.ACCEPTED,
            ReservationStatus.WRAPPING,
            now);
    if (!wrapping.isEmpty()) {
      load.wrapping(wrapping);
      log.record("reservation.wrapup", wrapping, now);
    }
  }

  /** Ends the reservation by which a worker has the task: the work is done. */
  void complete(Task task, Instant now) {
    endAll(task, ReservationStatus.ACCEPTED, ReservationStatus.COMPLETED, now);
    endAll(task, ReservationStatus.WRAPPING, ReservationStatus.COMPLETED, now);
  }

  /**
   * Ends the reservation by which a worker has a task that another takes over. The caller tells of
   * it, since the hand-over is told before.
   */
  List<Reservation> handOver(Task task, Instant now) {
    return Stream.of(ReservationStatus.ACCEPTED, ReservationStatus.WRAPPING)
        .flatMap(from -> handOver(task, from, now).stream())
        .toList();
  }

  private List<Reservation> handOver(Task task, ReservationStatus from, Instant now) {
    var over = rows.change(task.workspace(), task.sid(), from, ReservationStatus.COMPLETED, now);
    if (!over.isEmpty()) {
      load.ended(over, from, now);
    }
    return over;
  }

  private void release(List<Reservation> ended, ReservationStatus from, Instant now) {
    if (!ended.isEmpty()) {
      load.ended(ended, from, now);
      log.record("reservation." + ended.getFirst().status().wireName(), ended, now);
    }
  }
}
