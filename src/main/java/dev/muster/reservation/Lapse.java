package dev.muster.reservation;

import dev.muster.task.Task;
import dev.muster.task.TaskRouting;
import dev.muster.worker.Workers;
import dev.muster.workspace.ActivitySid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A worker lets a task go, by word or by silence, or never heard of it: it waits for the next one.
 */
@Component
class Lapse {

  private static final Logger LOG = LoggerFactory.getLogger(Lapse.class);

  private final ReservationRows rows;
  private final Endings endings;
  private final TaskRouting routing;
  private final Workers workers;
  private final Load load;

  Lapse(ReservationRows rows, Endings endings, TaskRouting routing, Workers workers, Load load) {
    this.rows = rows;
    this.endings = endings;
    this.routing = routing;
    this.workers = workers;
    this.load = load;
  }

  /**
   * The worker declines; {@code activity} is what the worker does from now on, null to leave it.
   */
  Reservation reject(Reservation pending, Task held, @Nullable ActivitySid activity, Instant now) {
    var rejected = letGo(endings.end(pending, ReservationStatus.REJECTED, now), held, now);
    if (activity != null) {
      workers.moveTo(rejected.workspace(), rejected.worker(), activity, now);
    }
    return rejected;
  }

  /** The offer could not be brought to the worker. */
  Reservation cancel(Reservation pending, Task held, Instant now) {
    return letGo(endings.fail(pending, now), held, now);
  }

  /**
   * The time to answer is over. If the task's own time to live is over, the reservation ends with
   * the task instead.
   */
  void timeOut(Reservation pending, Task held, Instant now) {
    if (!routing.endIfTooOld(held, now)) {
      load.unanswered(letGo(endings.end(pending, ReservationStatus.TIMEOUT, now), held, now), now);
    }
  }

  private Reservation letGo(Reservation ended, Task held, Instant now) {
    LOG.info(
        "Reservation {} of task {} ended: {}", ended.sid(), held.sid(), ended.status().wireName());
    routing.requeue(
        held,
        ended.worker().value(),
        ended.createdAt(),
        rows.any(ended.workspace(), held.sid(), ReservationStatus.PENDING),
        now);
    return ended;
  }
}
