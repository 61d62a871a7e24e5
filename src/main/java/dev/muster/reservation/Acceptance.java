package dev.muster.reservation;

import dev.muster.task.Task;
import dev.muster.task.TaskLife;
import dev.muster.worker.Capacity;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A worker takes a task: it is assigned, and its other offers are rescinded. */
@Component
class Acceptance {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Endings endings;
  private final TaskLife life;
  private final Capacity capacity;

  Acceptance(
      ReservationRows rows, ReservationLog log, Endings endings, TaskLife life, Capacity capacity) {
    this.rows = rows;
    this.log = log;
    this.endings = endings;
    this.life = life;
    this.capacity = capacity;
  }

  /** Accepts a pending reservation of a task that is held. */
  Reservation accept(Reservation pending, Task held, Instant now) {
    var workspace = pending.workspace();
    var accepted =
        rows.answer(workspace, pending.sid(), ReservationStatus.ACCEPTED, now).orElseThrow();
    endings.endAll(held, ReservationStatus.PENDING, ReservationStatus.RESCINDED, now);
    var assigned = life.assign(workspace, held.sid(), now).orElseThrow();
    capacity.assign(workspace, List.of(accepted.unit()));
    log.record("reservation.accepted", List.of(accepted), now);
    LOG.info("Reservation {} of task {} accepted", accepted.sid(), assigned.sid());
    return accepted;
  }
}
