package dev.muster.channel;

import dev.muster.reservation.Reservation;
import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What some events speak of, at its present state; without what is gone meanwhile.
 *
 * @param concerned reservations whose workers a change of their task concerns
 */
record Mentioned(
    Map<ReservationSid, ReservationPayload> reservations,
    Map<TaskSid, TaskPayload> tasks,
    Map<TaskSid, List<Reservation>> concerned) {

  Optional<ReservationPayload> reservation(ReservationSid sid) {
    return Optional.ofNullable(reservations.get(sid));
  }

  Optional<TaskPayload> task(TaskSid sid) {
    return Optional.ofNullable(tasks.get(sid));
  }

  /** The reservations whose workers a change of the task at that instant concerns. */
  List<Reservation> concerned(TaskSid task, Instant changed) {
    return concerned.getOrDefault(task, List.of()).stream()
        .filter(reservation -> reservation.isConcernedSince(changed))
        .toList();
  }
}
