package dev.muster.reservation;

import dev.muster.task.Task;
import dev.muster.task.TaskTransfers;
import dev.muster.task.TransferMode;
import dev.muster.web.Refused;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * A worker who hands a task on in mode COLD has left it, but is in charge until the next takes it.
 */
@Component
class Leave {

  private final TaskTransfers transfers;
  private final Endings endings;

  Leave(TaskTransfers transfers, Endings endings) {
    this.transfers = transfers;
    this.endings = endings;
  }

  boolean hasLeft(Task task) {
    return transfers
        .present(task)
        .filter(transfer -> transfer.mode() == TransferMode.COLD)
        .isPresent();
  }

  /** Lets the worker write up while the task goes on to the next. */
  void wrap(Task task, Instant now) {
    endings.wrapUp(task, now);
  }

  /**
   * Keeps a worker who has left from completing what others are asked to go on with.
   *
   * @throws Refused if the worker has left
   */
  void checkNotLeft(Task task, ReservationSid sid) {
    if (hasLeft(task)) {
      throw Refused.invalid(
          "Expected the transfer of task %s to be over before reservation %s is completed, but nobody has taken the task yet: the reservation is completed when somebody does; cancel the transfer, or complete the task itself",
          task.sid(), sid);
    }
  }
}
