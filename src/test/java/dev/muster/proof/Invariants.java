package dev.muster.proof;

import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.TransferRow;
import dev.muster.proof.Snapshot.WorkerRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of a workspace in every state that is ever committed. */
final class Invariants {

  private final Site site;
  private final Snapshot present;

  private Invariants(Site site, Snapshot present) {
    this.site = site;
    this.present = present;
  }

  /**
   * Checks one state.
   *
   * @throws Violation if one of the invariants does not hold
   */
  static void check(Site site, Snapshot present) {
    new Invariants(site, present).check();
  }

  /**
   * Checks a state in which no round runs and none is due: nobody is idle while a task waits that
   * this worker may take.
   */
  static void checkAtRest(Site site, Snapshot present, Instant now) {
    new Invariants(site, present).checkAtRest(now);
  }

  /**
   * Checks a state in which nothing is under way, if every version was published for the tasks that
   * waited as well: none of them is of one before the last that has a place for each.
   */
  static void checkVersions(Site site, Snapshot present) {
    var version = present.workflowVersion();
    while (site.instructions(version).fallback() == null) {
      version--;
    }
    for (var task : present.tasks().values()) {
      Violation.unless(
          !task.seeks() || task.place().equals(Place.PLACED) || task.workflowVersion() >= version,
          "a task waits in a version before " + version,
          task);
    }
  }

  private void check() {
    Violation.unless(present.strays() == 0, "live reservations of deleted tasks");
    var reservations =
        present.reservations().values().stream()
            .collect(Collectors.groupingBy(ReservationRow::task));
    present
        .tasks()
        .values()
        .forEach(task -> checkTask(task, reservations.getOrDefault(task.sid(), List.of())));
    var live =
        present.reservations().values().stream()
            .filter(ReservationRow::live)
            .collect(Collectors.groupingBy(ReservationRow::worker));
    present
        .workers()
        .values()
        .forEach(worker -> checkWorker(worker, live.getOrDefault(worker.sid(), List.of())));
    Violation.unless(
        present.workers().keySet().containsAll(live.keySet()), "reservations of deleted workers");
  }

  private void checkTask(TaskRow task, List<ReservationRow> reservations) {
    var pending = reservations.stream().filter(ReservationRow::pending).toList();
    var taken = reservations.stream().filter(ReservationRow::taken).toList();
    var transfers =
        present.transfers().values().stream()
            .filter(each -> each.task().equals(task.sid()) && each.initiated())
            .map(TransferRow::status)
            .toList();
    var offered = task.offered();
    Violation.unless(offered != pending.isEmpty(), "offers and status differ", task, pending);
    Violation.unless(taken.size() <= 1, "accepted twice", task, taken);
    Violation.unless(
        task.taken() == !taken.isEmpty() && taken.stream().allMatch(each -> fits(task, each)),
        "a worker's part and the task's status differ",
        task,
        taken);
    Violation.unless(
        (task.stage() != null) == transfers.equals(List.of("initiated"))
            && (task.stage() == null || task.status().equals("assigned")),
        "a transfer and its task differ",
        task,
        transfers);
    var workers = new HashSet<String>();
    pending.forEach(
        offer -> Violation.unless(workers.add(offer.worker()), "offered twice", task, pending));
    pending.stream()
        .findFirst()
        .ifPresent(
            offer ->
                Violation.unless(
                    pending.size() <= present.queues().get(offer.queue()).maxReservedWorkers(),
                    "offered to too many",
                    task,
                    pending));
    Violation.unless(
        task.processVersion() >= 0 && task.processVersion() <= task.version(),
        "the engine would be told another version",
        task);
    checkRank(task);
  }

  /** Who has handed a task on and left may write up already. */
  private boolean fits(TaskRow task, ReservationRow taken) {
    return task.status().equals("wrapping")
        ? taken.status().equals("wrapping")
        : taken.status().equals("accepted")
            || present.transferOf(task.sid()).filter(TransferRow::cold).isPresent();
  }

  private void checkRank(TaskRow task) {
    if (task.seeks()) {
      var fifo = present.queues().get(task.queue()).isFifo();
      var start = ChronoUnit.MICROS.between(Instant.EPOCH, task.virtualStartAt());
      Violation.unless(
          task.rankPriority() == (fifo ? -task.priority() : 0)
              && task.rankTime() == (fifo ? start : -start),
          "not ranked by the order of its queue",
          task);
    }
  }

  private void checkWorker(WorkerRow worker, List<ReservationRow> live) {
    worker
        .channels()
        .forEach(
            (sid, channel) -> {
              var held = live.stream().filter(each -> each.channel().equals(sid)).toList();
              var accepted = held.stream().filter(each -> each.status().equals("accepted")).count();
              Violation.unless(
                  channel.reserved() == held.size() && channel.assigned() == accepted,
                  "counters and reservations differ",
                  worker,
                  held);
              Violation.unless(
                  channel.workerAvailable() == worker.available(),
                  "a channel and its worker differ",
                  worker);
            });
    Violation.unless(
        worker.available() == site.available(worker.activity()),
        "an activity and its worker differ",
        worker);
    Violation.unless(worker.queues().equals(queuesOf(worker)), "in the wrong queues", worker);
  }

  private Set<String> queuesOf(WorkerRow worker) {
    var talent = Talent.of(worker.attributes());
    return present.queues().values().stream()
        .filter(queue -> talent.satisfies(queue.targetWorkers()))
        .map(Snapshot.QueueRow::sid)
        .collect(Collectors.toSet());
  }

  private void checkAtRest(Instant now) {
    var eligibility = new Eligibility(site, present);
    for (var task : present.tasks().values()) {
      if (task.waits() && task.expiresAt().isAfter(now)) {
        Violation.unless(!task.entering(), "nobody asked whether to skip", task);
        for (var worker : present.workers().values()) {
          Violation.unless(
              !eligibility.canTake(task, worker),
              "a task waits for a worker who is idle",
              task,
              worker,
              Map.of("pending", present.pendingOf(task.sid())));
        }
      }
    }
  }
}
