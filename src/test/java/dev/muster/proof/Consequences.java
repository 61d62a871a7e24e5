package dev.muster.proof;

import dev.muster.proof.Foretold.Task;
import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.TransferRow;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What follows for a task, its offers and its workers from what happens to one of them. */
final class Consequences {

  static final String HAD_TOO_LONG = "Task assigned for too long";
  private static final String TIME_TO_LIVE_OVER = "Task TTL Exceeded";
  private static final String LEFT_BY_TIME = "Task canceled on Workflow timeout";

  private final Site site;
  private final Snapshot before;
  private final Instant now;
  private final Foretold foretold;

  Consequences(Site site, Snapshot before, Instant now, Foretold foretold) {
    this.site = site;
    this.before = before;
    this.now = now;
    this.foretold = foretold;
  }

  /** Who hands the task on is done with it; the others who were asked come too late. */
  void accept(ReservationRow reservation) {
    var task = reservation.task();
    of(task, "accepted").forEach(this::complete);
    of(task, "wrapping").forEach(this::complete);
    endTransfer(task, "complete");
    foretold.reservationStatuses.put(reservation.sid(), "accepted");
    of(task, "pending").forEach(each -> withdraw(each, "rescinded"));
    change(task, present -> present.in("assigned").inStage(null));
    if (!site.multitasking()) {
      foretold.move(reservation.worker(), site.activity("Busy"));
    }
  }

  /** The time to answer is over; with the task's own time, the task is. */
  void timeOut(ReservationRow pending) {
    var task = before.tasks().get(pending.task());
    if (!endIfTooOld(task)) {
      letGo(pending, "timeout");
      foretold.move(pending.worker(), site.activity("Offline"));
    }
  }

  /** The task waits again once nobody is left who could answer; what became due then is done. */
  void letGo(ReservationRow pending, String status) {
    foretold.reservationStatuses.put(pending.sid(), status);
    var task = before.tasks().get(pending.task());
    change(task.sid(), present -> present.declinedBy(pending.worker()));
    if (!of(task.sid(), "pending").isEmpty()) {
      return;
    }
    if (task.stage() == null) {
      change(task.sid(), present -> present.in("pending"));
    } else {
      change(task.sid(), present -> present.inStage("waiting"));
    }
    if (task.stage() != null && task.isForOneWorker()) {
      comeBack(task.sid(), "failed");
    } else {
      doWhatIsDue(task);
    }
  }

  /** Whether anything was due for a task. */
  boolean doWhatIsDue(TaskRow row) {
    if (endIfTooOld(row)) {
      return true;
    }
    var task = foretold.tasks.get(row.sid());
    if (!task.waits() || row.stepExpiresAt() == null || !isOver(row.stepExpiresAt())) {
      return false;
    }
    site.instructions(task.workflowVersion())
        .afterTimeout(task.place(), task.wanted())
        .ifPresentOrElse(
            next -> enter(row.sid(), next, task.workflowVersion()),
            () -> giveUp(row.sid(), LEFT_BY_TIME));
    return true;
  }

  private boolean endIfTooOld(TaskRow row) {
    if (row.assignedUntil() != null && isOver(row.assignedUntil())) {
      return takeAway(row);
    }
    if (!row.seeks() || !isOver(row.expiresAt())) {
      return false;
    }
    giveUp(row.sid(), TIME_TO_LIVE_OVER);
    return true;
  }

  private boolean takeAway(TaskRow row) {
    if (row.ended()) {
      return false;
    }
    comeBack(row.sid(), "failed");
    change(row.sid(), present -> present.endedBy(HAD_TOO_LONG));
    complete(row.sid());
    return true;
  }

  /** Nobody is found: the task is over, or stays with the worker who was handing it on. */
  private void giveUp(String task, String reason) {
    if (foretold.tasks.get(task).stage() == null) {
      cancel(task, reason);
    } else {
      comeBack(task, "failed");
    }
  }

  void cancel(String task, String reason) {
    change(task, present -> present.endedBy(reason));
    of(task, "pending").forEach(each -> withdraw(each, "canceled"));
  }

  /** The work is over, and only to be written up. */
  void wrap(String task) {
    comeBack(task, "canceled");
    change(task, present -> present.in("wrapping"));
    of(task, "accepted").forEach(each -> foretold.reservationStatuses.put(each.sid(), "wrapping"));
  }

  /** The worker's part is over, the task itself goes on. */
  void leave(ReservationRow reservation) {
    foretold.reservationStatuses.put(reservation.sid(), "wrapping");
  }

  void finish(String task) {
    comeBack(task, "canceled");
    change(task, present -> present.in("completed"));
    complete(task);
  }

  void delete(String task) {
    comeBack(task, "canceled");
    of(task, "pending").forEach(each -> withdraw(each, "canceled"));
    complete(task);
    forget(task);
  }

  /** Nothing is known any more of a task that was over long ago. */
  void forget(String task) {
    foretold.tasks.remove(task);
    before.ofTask(task).forEach(each -> foretold.reservationStatuses.remove(each.sid()));
    before.transfers().values().stream()
        .filter(each -> each.task().equals(task))
        .forEach(each -> foretold.transferStatuses.remove(each.sid()));
  }

  /** Ends the transfer that the task is in, if it is in one: its worker keeps the task. */
  void comeBack(String task, String status) {
    before
        .transferOf(task)
        .ifPresent(
            transfer -> {
              endTransfer(task, status);
              of(task, "pending").forEach(each -> withdraw(each, "canceled"));
              change(task, present -> back(present, transfer));
            });
  }

  /** The task as it is with the worker who could not hand it on. */
  Task back(Task present, TransferRow transfer) {
    var left = of(transfer.task(), "wrapping").isEmpty();
    return present
        .at(transfer.place(), transfer.workflowVersion(), transfer.queue())
        .meantFor(transfer.target())
        .declinedBy(List.of())
        .inStage(null)
        .in(left ? present.status() : "wrapping");
  }

  private void endTransfer(String task, String status) {
    before
        .transferOf(task)
        .ifPresent(transfer -> foretold.transferStatuses.put(transfer.sid(), status));
  }

  void enter(String task, Place place, int version) {
    change(task, present -> entered(present, place, version));
  }

  Task entered(Task task, Place place, int version) {
    return task.at(
        place, version, place.equals(Place.PLACED) ? task.queue() : queue(place, version));
  }

  String queue(Place place, int version) {
    return site.queues().get(site.instructions(version).target(place).queue());
  }

  private void complete(String task) {
    of(task, "accepted").forEach(this::complete);
    of(task, "wrapping").forEach(this::complete);
  }

  private void complete(ReservationRow taken) {
    foretold.reservationStatuses.put(taken.sid(), "completed");
    var next = postWork(taken);
    if (next != null) {
      foretold.move(taken.worker(), next);
    }
  }

  @Nullable String postWork(ReservationRow reservation) {
    var said = foretold.postWork.get(reservation.sid());
    return said == null ? reservation.postWork() : said;
  }

  /** Who had not answered yet goes back to what was before. */
  private void withdraw(ReservationRow pending, String status) {
    foretold.reservationStatuses.put(pending.sid(), status);
    var worker = foretold.workers.get(pending.worker());
    var previous = pending.previousActivity();
    if (previous != null && worker.activity().equals(site.activity("Reserved"))) {
      foretold.move(pending.worker(), previous);
    }
  }

  private void change(String task, UnaryOperator<Task> change) {
    foretold.tasks.computeIfPresent(task, (sid, present) -> change.apply(present));
  }

  /** The task's reservations that have this status in what is foretold so far. */
  private List<ReservationRow> of(String task, String status) {
    return before.ofTask(task).stream()
        .filter(each -> foretold.statusOf(each).equals(status))
        .toList();
  }

  private boolean isOver(Instant end) {
    return !end.isAfter(now);
  }
}
