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
import dev.muster.proof.Deed.HandOn;
import dev.muster.proof.Deed.LetTimePass;
import dev.muster.proof.Deed.MoveTask;
import dev.muster.proof.Deed.MoveWorker;
import dev.muster.proof.Deed.Sweep;
import dev.muster.proof.Deed.TakeBack;
import dev.muster.proof.Deed.Trespass;
import dev.muster.proof.Foretold.Task;
import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.TransferRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of tasks and reservations as the specification has it, in the plainest words:
 * what one deed is answered where things stand like this, and what it changes.
 */
final class Model {

  private final Site site;
  private final Snapshot before;
  private final Instant now;
  private final Foretold foretold;
  private final Consequences consequences;
  private final StaffModel staff;

  Model(Site site, Snapshot before, Instant now) {
    this.site = site;
    this.before = before;
    this.now = now;
    this.foretold = new Foretold(before);
    this.consequences = new Consequences(site, before, now, foretold);
    this.staff = new StaffModel(site, before, now, foretold, consequences);
  }

  Foretold foretold() {
    return foretold;
  }

  Consequences consequences() {
    return consequences;
  }

  /** What the call is answered. */
  Reply foretell(Deed.Call call) {
    return switch (call) {
      case CreateTask deed -> create(deed);
      case EditTask deed -> edit(deed);
      case MoveTask deed -> move(deed);
      case DeleteTask deed -> delete(deed);
      case AnswerOffer deed -> answer(deed);
      case HandOn deed -> handOn(deed);
      case TakeBack deed -> takeBack(deed);
      case MoveWorker deed -> staff.move(deed);
      case EditWorker deed -> staff.edit(deed);
      case CreateWorker deed -> staff.create(deed);
      case DeleteWorker deed -> staff.delete(deed);
      case EditChannel deed -> staff.isGone(deed.worker()) ? Reply.NOT_FOUND : Reply.OK;
      case EditQueue deed -> Reply.OK;
      case EditWorkflow deed -> edit(deed);
      case Trespass deed -> Reply.NOT_FOUND;
      case AskForSingleTasking deed -> site.multitasking() ? Reply.REFUSED : Reply.OK;
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
    if (target != null && target.startsWith("WK") && staff.isGone(target)) {
      return Reply.REFUSED;
    }
    var version = before.workflowVersion();
    var placed = target != null && target.startsWith("WQ");
    var place =
        placed ? Optional.of(Place.PLACED) : site.instructions(version).first(deed.wanted());
    if (place.isEmpty()) {
      return Reply.REFUSED;
    }
    var queue = placed ? target : consequences.queue(place.get(), version);
    foretold.newTask =
        new Task(
            "pending",
            null,
            place.get(),
            version,
            String.valueOf(queue),
            target,
            deed.wanted(),
            List.of(),
            null);
    return Reply.CREATED;
  }

  private Reply edit(EditTask deed) {
    var row = shown(deed.task());
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
        row.seeks()
            && !row.place().equals(Place.PLACED)
            && decided.isPresent()
            && !decided
                .map(Place::filter)
                .equals(instructions.first(row.wanted()).map(Place::filter));
    foretold.tasks.put(
        row.sid(),
        reroutes ? consequences.entered(task, decided.get(), row.workflowVersion()) : task);
    return Reply.OK;
  }

  private Reply move(MoveTask deed) {
    var row = shown(deed.task());
    if (row == null || isStale(deed.ifMatch(), row.version())) {
      return row == null ? Reply.NOT_FOUND : Reply.STALE;
    }
    var waits = row.seeks() && !row.taken();
    return switch (deed.status()) {
      case "canceled" -> doIf(waits, () -> consequences.cancel(row.sid(), MoveTask.REASON));
      case "wrapping" -> doIf(row.status().equals("assigned"), () -> consequences.wrap(row.sid()));
      case "completed" -> doIf(row.taken(), () -> consequences.finish(row.sid()));
      default -> Reply.REFUSED;
    };
  }

  private Reply delete(DeleteTask deed) {
    var row = shown(deed.task());
    if (row == null || isStale(deed.ifMatch(), row.version())) {
      return row == null ? Reply.NOT_FOUND : Reply.STALE;
    }
    consequences.delete(row.sid());
    return Reply.DELETED;
  }

  private Reply answer(AnswerOffer deed) {
    var reservation = before.reservations().get(deed.reservation());
    if (reservation == null || isOutOfSight(deed, reservation)) {
      return Reply.NOT_FOUND;
    }
    if (isStale(deed.ifMatch(), reservation.version())) {
      return Reply.STALE;
    }
    return switch (deed.status()) {
      case "accepted", "rejected" -> answer(reservation, deed);
      case "wrapping" -> wrap(reservation, deed);
      case "completed" -> complete(reservation, deed);
      default -> throw new IllegalArgumentException(deed.status());
    };
  }

  /** Under a task that is hidden, there is nothing. */
  private boolean isOutOfSight(AnswerOffer deed, ReservationRow reservation) {
    return deed.parent().startsWith("WT")
        && !reservation.live()
        && shown(reservation.task()) == null;
  }

  private Reply answer(ReservationRow reservation, AnswerOffer deed) {
    if (!reservation.pending()) {
      return reservation.status().equals("rescinded") ? Reply.GONE : Reply.REFUSED;
    }
    if (isOver(reservation.expiresAt())) {
      consequences.timeOut(reservation);
      return Reply.REFUSED;
    }
    if (deed.status().equals("accepted")) {
      note(deed);
      consequences.accept(reservation);
      return Reply.OK;
    }
    consequences.letGo(reservation, "rejected");
    if (deed.activity() != null) {
      foretold.move(reservation.worker(), deed.activity());
    }
    return Reply.OK;
  }

  private Reply wrap(ReservationRow reservation, AnswerOffer deed) {
    return doIf(
        reservation.status().equals("accepted"),
        () -> {
          note(deed);
          if (hasLeft(reservation)) {
            consequences.leave(reservation);
          } else {
            consequences.wrap(reservation.task());
          }
        });
  }

  private Reply complete(ReservationRow reservation, AnswerOffer deed) {
    return doIf(
        reservation.taken() && !hasLeft(reservation),
        () -> {
          note(deed);
          consequences.finish(reservation.task());
        });
  }

  private boolean hasLeft(ReservationRow reservation) {
    return before.transferOf(reservation.task()).filter(TransferRow::cold).isPresent();
  }

  private void note(AnswerOffer deed) {
    if (deed.activity() != null) {
      foretold.postWork.put(deed.reservation(), deed.activity());
    }
  }

  private Reply handOn(HandOn deed) {
    if (staff.isGone(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    var task = before.tasks().get(deed.task());
    var reservation = before.reservations().get(deed.reservation());
    if (task == null
        || task.stage() != null
        || reservation == null
        || !reservation.task().equals(deed.task())
        || !reservation.worker().equals(deed.worker())
        || !reservation.status().equals("accepted")) {
      return Reply.REFUSED;
    }
    var to = deed.to();
    var version = to.startsWith("WW") ? before.workflowVersion() : task.workflowVersion();
    var place =
        to.startsWith("WW")
            ? site.instructions(version).first(deed.wanted())
            : Optional.of(Place.PLACED);
    var self = to.equals(deed.worker());
    if (self || (to.startsWith("WK") && staff.isGone(to)) || place.isEmpty()) {
      return Reply.REFUSED;
    }
    var sought =
        Task.of(task).wanting(deed.wanted()).meantFor(to).declinedBy(List.of()).inStage("waiting");
    var queue = to.startsWith("WQ") ? to : task.queue();
    foretold.tasks.put(
        task.sid(),
        place.get().equals(Place.PLACED)
            ? sought.at(Place.PLACED, version, queue)
            : consequences.entered(sought, place.get(), version));
    foretold.newTransfer =
        new TransferRow(
            "",
            task.sid(),
            deed.worker(),
            deed.reservation(),
            deed.mode(),
            to,
            "initiated",
            task.place(),
            task.workflowVersion(),
            task.queue(),
            task.routingTarget(),
            task.ignoreCapacity());
    return Reply.CREATED;
  }

  private Reply takeBack(TakeBack deed) {
    var transfer = before.transfers().get(deed.transfer());
    if (transfer == null || !transfer.worker().equals(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    return doIf(
        transfer.initiated() && transfer.task().equals(deed.task()),
        () -> consequences.comeBack(transfer.task(), "canceled"));
  }

  private Reply edit(EditWorkflow deed) {
    var present = before.workflowVersion();
    var version = site.instructions(present).equals(deed.instructions()) ? present : present + 1;
    if (deed.again()) {
      before.tasks().values().stream()
          .filter(row -> row.seeks() && !row.place().equals(Place.PLACED))
          .forEach(row -> startAgain(row, deed.instructions(), version));
    }
    return Reply.OK;
  }

  private void startAgain(TaskRow row, Instructions instructions, int version) {
    instructions
        .first(row.wanted())
        .ifPresent(
            place -> {
              var queue = site.queues().get(instructions.target(place).queue());
              foretold.tasks.put(row.sid(), Task.of(row).at(place, version, queue));
            });
  }

  private boolean fireReservation(String sid) {
    var reservation = before.reservations().get(sid);
    if (reservation == null || !reservation.pending() || !isOver(reservation.expiresAt())) {
      return false;
    }
    consequences.timeOut(reservation);
    return true;
  }

  private boolean fireTask(String sid) {
    var row = before.tasks().get(sid);
    return row != null && consequences.doWhatIsDue(row);
  }

  private boolean sweep() {
    for (var row : before.tasks().values()) {
      if (row.waits() && row.retryAt() != null && isOver(row.retryAt())) {
        foretold.tasks.put(row.sid(), Task.of(row).declinedBy(List.of()));
      }
      if (row.hidden(now.minus(Node.KEPT))) {
        consequences.forget(row.sid());
      }
    }
    return false;
  }

  private static Reply doIf(boolean allowed, Runnable change) {
    if (!allowed) {
      return Reply.REFUSED;
    }
    change.run();
    return Reply.OK;
  }

  /** Those who ask know the task until a while after its end. */
  private @Nullable TaskRow shown(String task) {
    var row = before.tasks().get(task);
    return row == null || row.hidden(now) ? null : row;
  }

  private boolean isOver(Instant end) {
    return !end.isAfter(now);
  }

  private static boolean isStale(@Nullable Integer expected, int version) {
    return expected != null && expected != version;
  }
}
