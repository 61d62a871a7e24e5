package dev.muster.proof;

import dev.muster.proof.Deed.AnswerOffer;
import dev.muster.proof.Deed.AskForSingleTasking;
import dev.muster.proof.Deed.CreateTask;
import dev.muster.proof.Deed.CreateWorker;
import dev.muster.proof.Deed.DeleteTask;
import dev.muster.proof.Deed.DeleteWorker;
import dev.muster.proof.Deed.EditChannel;
import dev.muster.proof.Deed.EditQueue;
import dev.muster.proof.Deed.EditTask;
import dev.muster.proof.Deed.EditWorker;
import dev.muster.proof.Deed.EditWorkflow;
import dev.muster.proof.Deed.FireReservationTimer;
import dev.muster.proof.Deed.FireTaskTimer;
import dev.muster.proof.Deed.LetTimePass;
import dev.muster.proof.Deed.MoveTask;
import dev.muster.proof.Deed.MoveWorker;
import dev.muster.proof.Deed.Sweep;
import dev.muster.proof.Deed.Trespass;
import dev.muster.proof.Foretold.Task;
import dev.muster.proof.Foretold.Worker;
import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of tasks and reservations as the specification has it, in the plainest words:
 * what one deed is answered where things stand like this, and what it changes.
 */
final class Model {

  private static final String TIME_TO_LIVE_OVER = "Task TTL Exceeded";
  private static final String LEFT_BY_TIME = "Task canceled on Workflow timeout";

  private final Site site;
  private final Snapshot before;
  private final Instant now;
  private final Foretold foretold;

  Model(Site site, Snapshot before, Instant now) {
    this.site = site;
    this.before = before;
    this.now = now;
    this.foretold = new Foretold(before);
  }

  Foretold foretold() {
    return foretold;
  }

  /** What the call is answered. */
  Reply foretell(Deed.Call call) {
    return switch (call) {
      case CreateTask deed -> create(deed);
      case EditTask deed -> edit(deed);
      case MoveTask deed -> move(deed);
      case DeleteTask deed -> delete(deed);
      case AnswerOffer deed -> answer(deed);
      case MoveWorker deed -> move(deed);
      case EditWorker deed -> edit(deed);
      case CreateWorker deed -> create(deed);
      case DeleteWorker deed -> delete(deed);
      case EditChannel deed -> isGone(deed.worker()) ? Reply.NOT_FOUND : Reply.OK;
      case EditQueue deed -> Reply.OK;
      case EditWorkflow deed -> edit(deed);
      case Trespass deed -> Reply.NOT_FOUND;
      case AskForSingleTasking deed -> Reply.REFUSED;
    };
  }

  /** Whether something was due. */
  boolean foretell(Deed.Happening happening) {
    return switch (happening) {
      case LetTimePass deed -> false;
      case FireReservationTimer deed -> fireReservation(deed.reservation());
      case FireTaskTimer deed -> fireTask(deed.task());
      case Sweep deed -> sweep();
    };
  }

  private Reply create(CreateTask deed) {
    var target = deed.target();
    if (target != null && target.startsWith("WK") && isGone(target)) {
      return Reply.REFUSED;
    }
    var version = before.workflowVersion();
    var place =
        target != null && target.startsWith("WQ")
            ? Optional.of(Place.PLACED)
            : site.instructions(version).first(deed.wanted());
    if (place.isEmpty()) {
      return Reply.REFUSED;
    }
    foretold.newTask = new Task("pending", place.get(), version, deed.wanted(), List.of(), null);
    return Reply.CREATED;
  }

  private Reply edit(EditTask deed) {
    var row = before.tasks().get(deed.task());
    if (row == null || isStale(deed.ifMatch(), row.version())) {
      return row == null ? Reply.NOT_FOUND : Reply.STALE;
    }
    if (row.ended()) {
      return Reply.REFUSED;
    }
    var task = Task.of(row).wanting(deed.wanted());
    var instructions = site.instructions(row.workflowVersion());
    var decided = instructions.first(deed.wanted());
    var reroutes =
        row.waits()
            && !row.place().equals(Place.PLACED)
            && decided.isPresent()
            && !decided
                .map(Place::filter)
                .equals(instructions.first(row.wanted()).map(Place::filter));
    foretold.tasks.put(row.sid(), reroutes ? task.at(decided.get(), row.workflowVersion()) : task);
    return Reply.OK;
  }

  private Reply move(MoveTask deed) {
    var row = before.tasks().get(deed.task());
    if (row == null || isStale(deed.ifMatch(), row.version())) {
      return row == null ? Reply.NOT_FOUND : Reply.STALE;
    }
    var allowed =
        switch (deed.status()) {
          case "canceled" -> row.waits();
          case "wrapping" -> row.status().equals("assigned");
          case "completed" -> row.status().equals("assigned") || row.status().equals("wrapping");
          default -> false;
        };
    if (!allowed) {
      return Reply.REFUSED;
    }
    if (deed.status().equals("canceled")) {
      cancel(row, "the proof says so");
    } else {
      work(row, deed.status());
    }
    return Reply.OK;
  }

  private Reply delete(DeleteTask deed) {
    var row = before.tasks().get(deed.task());
    if (row == null || isStale(deed.ifMatch(), row.version())) {
      return row == null ? Reply.NOT_FOUND : Reply.STALE;
    }
    foretold.tasks.remove(row.sid());
    before.ofTask(row.sid()).forEach(each -> foretold.reservationStatuses.remove(each.sid()));
    return Reply.DELETED;
  }

  private Reply answer(AnswerOffer deed) {
    var reservation = before.reservations().get(deed.reservation());
    if (reservation == null || isStale(deed.ifMatch(), reservation.version())) {
      return reservation == null ? Reply.NOT_FOUND : Reply.STALE;
    }
    return switch (deed.status()) {
      case "accepted", "rejected" -> answer(reservation, deed);
      case "wrapping" -> work(reservation, "wrapping", reservation.status().equals("accepted"));
      case "completed" -> work(reservation, "completed", reservation.taken());
      default -> throw new IllegalArgumentException(deed.status());
    };
  }

  private Reply answer(ReservationRow reservation, AnswerOffer deed) {
    if (!reservation.pending()) {
      return reservation.status().equals("rescinded") ? Reply.GONE : Reply.REFUSED;
    }
    if (isOver(reservation.expiresAt())) {
      timeOut(reservation);
      return Reply.REFUSED;
    }
    if (deed.status().equals("accepted")) {
      accept(reservation);
    } else {
      letGo(reservation, "rejected");
      if (deed.activity() != null) {
        foretold.move(reservation.worker(), deed.activity());
      }
    }
    return Reply.OK;
  }

  private void accept(ReservationRow reservation) {
    pendingOf(reservation.task())
        .forEach(each -> foretold.reservationStatuses.put(each.sid(), "rescinded"));
    foretold.reservationStatuses.put(reservation.sid(), "accepted");
    foretold.tasks.computeIfPresent(reservation.task(), (sid, task) -> task.in("assigned"));
  }

  private Reply work(ReservationRow reservation, String status, boolean allowed) {
    if (!allowed) {
      return Reply.REFUSED;
    }
    work(before.tasks().get(reservation.task()), status);
    return Reply.OK;
  }

  /** The task and its worker's part of it go on together. */
  private void work(TaskRow row, String status) {
    foretold.tasks.computeIfPresent(row.sid(), (sid, task) -> task.in(status));
    before.ofTask(row.sid()).stream()
        .filter(ReservationRow::taken)
        .forEach(each -> foretold.reservationStatuses.put(each.sid(), status));
  }

  private Reply move(MoveWorker deed) {
    if (deed.rejectPending() && site.available(deed.activity())) {
      return Reply.REFUSED;
    }
    if (isGone(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    if (deed.rejectPending()) {
      before.reservations().values().stream()
          .filter(each -> each.worker().equals(deed.worker()) && each.pending())
          .sorted(Comparator.comparing(ReservationRow::task))
          .forEach(this::refuse);
    }
    foretold.move(deed.worker(), deed.activity());
    return Reply.OK;
  }

  private void refuse(ReservationRow pending) {
    if (isOver(pending.expiresAt())) {
      timeOut(pending);
    } else {
      letGo(pending, "rejected");
    }
  }

  private Reply edit(EditWorker deed) {
    if (isGone(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    var taken =
        before.workers().values().stream()
            .anyMatch(
                other -> other.name().equals(deed.name()) && !other.sid().equals(deed.worker()));
    if (taken) {
      return Reply.REFUSED;
    }
    foretold.workers.computeIfPresent(
        deed.worker(),
        (sid, worker) -> new Worker(deed.name(), deed.talent().attributes(), worker.activity()));
    return Reply.OK;
  }

  private Reply create(CreateWorker deed) {
    if (before.workers().values().stream().anyMatch(each -> each.name().equals(deed.name()))) {
      return Reply.REFUSED;
    }
    foretold.newWorker = new Worker(deed.name(), deed.talent().attributes(), deed.activity());
    return Reply.CREATED;
  }

  private Reply delete(DeleteWorker deed) {
    if (isGone(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    var held =
        before.reservations().values().stream()
            .anyMatch(each -> each.worker().equals(deed.worker()) && each.live());
    if (held) {
      return Reply.REFUSED;
    }
    foretold.workers.remove(deed.worker());
    return Reply.DELETED;
  }

  private Reply edit(EditWorkflow deed) {
    var present = before.workflowVersion();
    var version = site.instructions(present).equals(deed.instructions()) ? present : present + 1;
    if (deed.again()) {
      before.tasks().values().stream()
          .filter(row -> row.waits() && !row.place().equals(Place.PLACED))
          .forEach(
              row ->
                  deed.instructions()
                      .first(row.wanted())
                      .ifPresent(
                          place -> foretold.tasks.put(row.sid(), Task.of(row).at(place, version))));
    }
    return Reply.OK;
  }

  private boolean fireReservation(String sid) {
    var reservation = before.reservations().get(sid);
    if (reservation == null || !reservation.pending() || !isOver(reservation.expiresAt())) {
      return false;
    }
    timeOut(reservation);
    return true;
  }

  private boolean fireTask(String sid) {
    var row = before.tasks().get(sid);
    if (row == null || !row.waits()) {
      return false;
    }
    if (isOver(row.expiresAt())) {
      cancel(row, TIME_TO_LIVE_OVER);
      return true;
    }
    return row.pending() && leaveStepIfOver(row);
  }

  private boolean sweep() {
    for (var row : before.tasks().values()) {
      if (row.pending() && row.retryAt() != null && isOver(row.retryAt())) {
        foretold.tasks.put(row.sid(), Task.of(row).declinedBy(List.of()));
      }
    }
    return false;
  }

  private void timeOut(ReservationRow pending) {
    var task = before.tasks().get(pending.task());
    if (isOver(task.expiresAt())) {
      cancel(task, TIME_TO_LIVE_OVER);
    } else {
      letGo(pending, "timeout");
      foretold.move(pending.worker(), site.activities().get("Offline"));
    }
  }

  /** The task waits again once nobody is left who could answer; what became due then is done. */
  private void letGo(ReservationRow pending, String status) {
    foretold.reservationStatuses.put(pending.sid(), status);
    foretold.tasks.computeIfPresent(
        pending.task(), (sid, task) -> task.declinedBy(pending.worker()));
    if (pendingOf(pending.task()).isEmpty()) {
      foretold.tasks.computeIfPresent(pending.task(), (sid, task) -> task.in("pending"));
      leaveStepIfOver(before.tasks().get(pending.task()));
    }
  }

  private boolean leaveStepIfOver(TaskRow row) {
    if (row.stepExpiresAt() == null || !isOver(row.stepExpiresAt())) {
      return false;
    }
    var next = site.instructions(row.workflowVersion()).afterTimeout(row.place(), row.wanted());
    foretold.tasks.computeIfPresent(
        row.sid(),
        (sid, task) ->
            next.isPresent()
                ? task.at(next.get(), row.workflowVersion())
                : task.endedBy(LEFT_BY_TIME));
    return true;
  }

  private void cancel(TaskRow row, String reason) {
    pendingOf(row.sid()).forEach(each -> foretold.reservationStatuses.put(each.sid(), "canceled"));
    foretold.tasks.computeIfPresent(row.sid(), (sid, task) -> task.endedBy(reason));
  }

  /** Its offers that are still open in what is foretold so far. */
  private Collection<ReservationRow> pendingOf(String task) {
    return before.ofTask(task).stream()
        .filter(each -> foretold.statusOf(each).equals("pending"))
        .toList();
  }

  private boolean isOver(Instant end) {
    return !end.isAfter(now);
  }

  private boolean isGone(String worker) {
    return !before.workers().containsKey(worker);
  }

  private static boolean isStale(@Nullable Integer expected, int version) {
    return expected != null && expected != version;
  }
}
