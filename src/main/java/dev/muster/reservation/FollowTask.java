package dev.muster.reservation;

import static dev.muster.reservation.ReservationStatus.CANCELED;
import static dev.muster.reservation.ReservationStatus.PENDING;
import static dev.muster.reservation.ReservationStatus.WRAPPING;

import dev.muster.task.TaskChanged;
import dev.muster.task.TaskLife;
import dev.muster.task.TasksForgotten;
import dev.muster.task.TransferOver;
import dev.muster.workspace.WorkspaceDeleted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets reservations follow what happens to their task, in the same transaction. */
@Component
class FollowTask {

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Endings endings;
  private final TaskLife life;

  FollowTask(ReservationRows rows, ReservationLog log, Endings endings, TaskLife life) {
    this.rows = rows;
    this.log = log;
    this.endings = endings;
    this.life = life;
  }

  @EventListener
  void on(TaskChanged change) {
    var now = log.now();
    var task = change.task();
    switch (change.what()) {
      case CANCELED -> endings.endAll(task, PENDING, CANCELED, now);
      case WRAPPING -> endings.wrapUp(task, now);
      case COMPLETED -> endings.complete(task, now);
      case DELETED -> {
        endings.endAll(task, PENDING, CANCELED, now);
        endings.complete(task, now);
      }
    }
  }

  /** A worker who handed the task on and is writing up already takes the task along. */
  @EventListener
  void on(TransferOver over) {
    var now = log.now();
    var task = over.task();
    if (rows.any(task.workspace(), task.sid(), PENDING)) {
      endings.hold(task);
      endings.endAll(task, PENDING, CANCELED, now);
    }
    if (rows.any(task.workspace(), task.sid(), WRAPPING)) {
      life.wrap(task, null, now);
    }
  }

  @EventListener
  void on(TasksForgotten forgotten) {
    rows.delete(forgotten.workspace(), forgotten.tasks());
  }

  @EventListener
  void on(WorkspaceDeleted deleted) {
    rows.deleteAll(deleted.workspace());
  }
}
