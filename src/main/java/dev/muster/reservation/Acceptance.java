package dev.muster.reservation;

import dev.muster.task.Task;
import dev.muster.task.TaskLife;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A worker takes a task: it is assigned, and its other offers are rescinded. Whoever handed it on
 * is done with it.
 */
@Component
class Acceptance {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Endings endings;
  private final TaskLife life;
  private final Load load;

  Acceptance(ReservationRows rows, ReservationLog log, Endings endings, TaskLife life, Load load) {
    this.rows = rows;
    this.log = log;
    this.endings = endings;
    this.life = life;
    this.load = load;
  }

  /** Accepts a pending reservation of a task that is held. */
  Reservation accept(Reservation pending, Task held, Instant now) {
    var workspace = pending.workspace();
    var handedOver = held.isTransferred() ? handOver(held, now) : List.<Reservation>of();
    var accepted =
        rows.answer(workspace, pending.sid(), ReservationStatus.ACCEPTED, now).orElseThrow();
    var rescinded =
        rows.change(
            workspace, held.sid(), ReservationStatus.PENDING, ReservationStatus.RESCINDED, now);
    if (!rescinded.isEmpty()) {
      log.record("reservation.rescinded", rescinded, now);
    }
    var assigned = life.assign(held, now).orElseThrow();
    log.accepted(accepted, held.isTransferred(), now);
    life.handedOn(held, assigned, now);
    log.record("reservation.completed", handedOver, now);
    load.accepted(accepted, rescinded, now);
    LOG.info("Reservation {} of task {} accepted", accepted.sid(), assigned.sid());
    return accepted;
  }

  /** Worker clients forget a task with its reservation, so that ends last for those who hear it. */
  private List<Reservation> handOver(Task held, Instant now) {
    endings.hold(held);
    return endings.handOver(held, now);
  }
}
