package dev.muster.proof;

import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Instructions.Whom;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.WorkerRow;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * In which order tasks are served, and workers asked: whoever was offered a task while a better one
 * waits could not have been offered that one, and whoever was left out had no better claim than
 * those who were asked.
 *
 * <p>It holds across all the rounds that follow a deed. During them nobody gets more room, and a
 * task that waits changes only by skipping steps; those that did are left out, since they came to
 * their place between two rounds.
 */
final class ServingOrder {

  private final Site site;
  private final Snapshot before;
  private final Foretold foretold;
  private final Snapshot after;
  private final Instant now;
  private final Eligibility eligibility;

  ServingOrder(Site site, Snapshot before, Foretold foretold, Snapshot after, Instant now) {
    this.site = site;
    this.before = before;
    this.foretold = foretold;
    this.after = after;
    this.now = now;
    this.eligibility = new Eligibility(site, after);
  }

  /**
   * Checks the offers that were made.
   *
   * @throws Violation if a task or a worker was passed over
   */
  void check(List<ReservationRow> fresh) {
    var waiting = after.tasks().values().stream().filter(this::waitedAllTheTime).toList();
    fresh.stream()
        .collect(Collectors.groupingBy(ReservationRow::worker))
        .forEach(
            (worker, offers) ->
                waiting.forEach(task -> checkTurn(task, after.workers().get(worker), offers)));
    var asked = fresh.stream().map(ReservationRow::worker).collect(Collectors.toSet());
    var idle = new HashSet<>(after.workers().values());
    idle.removeIf(worker -> asked.contains(worker.sid()));
    fresh.forEach(offer -> checkClaims(offer, idle));
  }

  private boolean waitedAllTheTime(TaskRow task) {
    var found = foretold.tasks.getOrDefault(task.sid(), foretold.newTask);
    return task.waits()
        && task.expiresAt().isAfter(now)
        && Objects.requireNonNull(found).place().equals(task.place());
  }

  /** Whether there was room when it was the task's turn, which only what came later can tell. */
  private void checkTurn(TaskRow waiting, WorkerRow worker, List<ReservationRow> offers) {
    var later = offers.stream().filter(offer -> isBefore(waiting, taskOf(offer))).toList();
    if (later.isEmpty() || !eligibility.mayTake(waiting, foretold.asFound(site, worker))) {
      return;
    }
    var channel = worker.channels().get(waiting.channel());
    var given = later.stream().filter(offer -> offer.channel().equals(waiting.channel())).count();
    var room =
        channel.reserved() - given < channel.capacity()
            && (site.multitasking() || later.size() == offers.size());
    Violation.unless(
        !room && !waiting.ignoreCapacity(),
        "a task was served before one that comes first",
        waiting,
        later.stream().map(this::taskOf).toList(),
        worker);
  }

  private boolean isBefore(TaskRow task, TaskRow other) {
    var order =
        Comparator.comparing((TaskRow each) -> isFifo(each) ? 0 : 1)
            .thenComparing(each -> isFifo(each) ? -each.priority() : 0)
            .thenComparing(
                TaskRow::virtualStartAt,
                isFifo(task) ? Comparator.naturalOrder() : Comparator.reverseOrder());
    return order.compare(task, other) < 0;
  }

  /** The workspace serves these first. */
  private boolean isFifo(TaskRow task) {
    return after.queues().get(task.queue()).isFifo();
  }

  /** Nobody knows when the idle lost their chance, if they had one: only those who have it yet. */
  private void checkClaims(ReservationRow offer, Collection<WorkerRow> idle) {
    var task = taskOf(offer);
    for (var other : idle) {
      Violation.unless(
          task.isForOneWorker()
              || !eligibility.canTake(task, other)
              || !isBefore(task, other, after.workers().get(offer.worker())),
          "a worker was asked before one who comes first",
          task,
          offer,
          other);
    }
  }

  private boolean isBefore(TaskRow task, WorkerRow idle, WorkerRow asked) {
    var levels = asksForTheBest(task) ? level(idle) - level(asked) : 0;
    return levels == 0 ? idle.idleSince().isBefore(idleSince(asked)) : levels > 0;
  }

  private boolean asksForTheBest(TaskRow task) {
    return !task.place().equals(Place.PLACED)
        && site.instructions(task.workflowVersion()).target(task.place()).whom() == Whom.BEST;
  }

  private static int level(WorkerRow worker) {
    return Talent.of(worker.attributes()).level();
  }

  /** Before it was asked, at the earliest. */
  private Instant idleSince(WorkerRow asked) {
    var was = before.workers().get(asked.sid());
    return was == null ? now : was.idleSince();
  }

  private TaskRow taskOf(ReservationRow offer) {
    return after.tasks().get(offer.task());
  }
}
