package dev.muster.proof;

import dev.muster.proof.Foretold.Task;
import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.TransferRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what came of a deed against what the model foretold. Beyond that, only the rounds that
 * follow may have changed anything: they offer tasks that wait to workers who may take them, and
 * move tasks on whose step is to be skipped.
 */
final class Comparison {

  private static final Duration SHOWN = Duration.ofMinutes(5);
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final String LEFT_BY_SKIPPING = "Task canceled on Workflow skip";

  private final Site site;
  private final Snapshot before;
  private final Foretold foretold;
  private final Consequences consequences;
  private final Snapshot after;
  private final Instant now;

  Comparison(Site site, Snapshot before, Model model, Snapshot after, Instant now) {
    this.site = site;
    this.before = before;
    this.foretold = model.foretold();
    this.consequences = model.consequences();
    this.after = after;
    this.now = now;
  }

  void check(Deed deed) {
    checkTasks();
    checkReservations();
    checkTransfers();
    checkWorkers(deed);
    Violation.unless(
        deed instanceof Deed.EditQueue || before.queues().equals(after.queues()),
        "a queue changed by itself");
  }

  private void checkTasks() {
    var fresh = new HashSet<>(after.tasks().keySet());
    fresh.removeAll(foretold.tasks.keySet());
    var expected = foretold.newTask == null ? 0 : 1;
    Violation.unless(fresh.size() == expected, "tasks came from nowhere, or did not go", fresh);
    foretold.tasks.forEach((sid, task) -> checkTask(task, sid));
    if (foretold.newTask != null) {
      fresh.forEach(sid -> checkTask(foretold.newTask, sid));
    }
  }

  private void checkTask(Task expected, String sid) {
    var row = after.tasks().get(sid);
    Violation.unless(row != null, "a task is nowhere", sid, expected);
    var offers = freshOffers(sid);
    var fits =
        expected.waits()
            ? isWhereRoundsMayLeaveIt(expected, row, offers)
            : isAsExpected(expected, row) && offers.isEmpty();
    Violation.unless(fits, "a task is not where it should be", expected, row, offers);
    Violation.unless(
        row.attributes().equals(expected.wanted().attributes()) && hasItsEnd(expected, row),
        "a task says something else",
        expected,
        row);
    checkVersions(before.tasks().get(sid), row, expected, offers);
  }

  private boolean isWhereRoundsMayLeaveIt(Task expected, TaskRow row, List<ReservationRow> offers) {
    if (row.waits() || row.offered()) {
      return row.offered() != offers.isEmpty()
          && row.taken() == (expected.stage() != null)
          && hasMovedBySkipping(expected, row);
    }
    return placesBySkipping(expected).contains(null)
        && (expected.stage() == null
            ? row.status().equals("canceled") && LEFT_BY_SKIPPING.equals(row.reason())
            : isAsExpected(comeBack(row.sid(), expected), row));
  }

  /** With the worker whose transfer failed as its steps were skipped. */
  private Task comeBack(String sid, Task expected) {
    return consequences.back(
        expected,
        before.transferOf(sid).or(() -> Optional.ofNullable(foretold.newTransfer)).orElseThrow());
  }

  private boolean hasMovedBySkipping(Task expected, TaskRow row) {
    var moved =
        row.place().equals(expected.place())
            ? expected
            : consequences.entered(expected, row.place(), expected.workflowVersion());
    return (moved == expected || placesBySkipping(expected).contains(row.place()))
        && standsAt(moved, row);
  }

  private static boolean standsAt(Task expected, TaskRow row) {
    return row.place().equals(expected.place())
        && row.workflowVersion() == expected.workflowVersion()
        && row.queue().equals(expected.queue())
        && Objects.equals(row.routingTarget(), expected.target())
        && row.declinedBy().equals(expected.declinedBy());
  }

  /** What is assigned ends a day later, what is over is hidden after a while, or at once. */
  private boolean hasItsEnd(Task expected, TaskRow row) {
    var was = before.tasks().get(row.sid());
    if (row.ended()) {
      var shown = Consequences.HAD_TOO_LONG.equals(row.reason()) ? Duration.ZERO : SHOWN;
      return was != null && was.ended()
          ? Objects.equals(row.hiddenAt(), was.hiddenAt())
          : now.plus(shown).equals(row.hiddenAt());
    }
    var accepted =
        before.ofTask(row.sid()).stream()
            .anyMatch(each -> each.pending() && foretold.statusOf(each).equals("accepted"));
    return row.hiddenAt() == null
        && (accepted
            ? now.plus(A_DAY).equals(row.assignedUntil())
            : was == null || Objects.equals(row.assignedUntil(), was.assignedUntil()));
  }

  /** Where a task may come from its place by steps that are skipped; null is out. */
  private Set<@Nullable Place> placesBySkipping(Task expected) {
    var places = new HashSet<@Nullable Place>();
    if (expected.place().equals(Place.PLACED)) {
      return places;
    }
    var instructions = site.instructions(expected.workflowVersion());
    var place = expected.place();
    while (place != null && instructions.target(place).skipIf() != null) {
      place = instructions.afterSkip(place, expected.wanted()).orElse(null);
      places.add(place);
    }
    return places;
  }

  private static boolean isAsExpected(Task expected, TaskRow row) {
    return row.status().equals(expected.status())
        && Objects.equals(row.stage(), expected.stage())
        && standsAt(expected, row)
        && (!row.status().equals("canceled") || Objects.equals(row.reason(), expected.reason()));
  }

  private void checkVersions(
      @Nullable TaskRow was, TaskRow row, Task expected, List<ReservationRow> offers) {
    if (was == null) {
      Violation.unless(row.processVersion() == row.version(), "the engine is not told", row);
      return;
    }
    var moved =
        !was.status().equals(row.status())
            || !Objects.equals(was.stage(), row.stage())
            || !was.place().equals(row.place())
            || !Objects.equals(was.stepExpiresAt(), row.stepExpiresAt())
            || !before.pendingOf(row.sid()).equals(after.pendingOf(row.sid()));
    Violation.unless(
        row.processVersion() == row.version()
            || (!moved && row.processVersion() == was.processVersion()),
        "the engine is not told",
        was,
        row);
    Violation.unless(!moved || row.version() > was.version(), "moved in secret", was, row);
    var untouched = expected.equals(Task.of(was)) && !moved && offers.isEmpty();
    Violation.unless(
        !was.ended() || !untouched || row.equals(was), "an ended task changed", was, row);
  }

  private List<ReservationRow> freshOffers(String task) {
    return after.ofTask(task).stream()
        .filter(each -> !before.reservations().containsKey(each.sid()))
        .toList();
  }

  private void checkReservations() {
    foretold.reservationStatuses.forEach(
        (sid, status) -> {
          var row = after.reservations().get(sid);
          var was = before.reservations().get(sid);
          Violation.unless(
              row != null && row.status().equals(status),
              "a reservation is not as it should be: " + status,
              was,
              row);
          Violation.unless(
              status.equals(was.status())
                  ? row.equals(was)
                  : row.version() > was.version()
                      && Objects.equals(row.postWork(), consequences.postWork(was)),
              "a reservation changed in secret",
              was,
              row);
        });
    new FreshOffers(site, before, foretold, after, now).check();
  }

  private void checkTransfers() {
    var fresh = new ArrayList<TransferRow>();
    for (var row : after.transfers().values()) {
      var status = foretold.transferStatuses.get(row.sid());
      if (status == null) {
        fresh.add(row);
      } else {
        Violation.unless(
            row.equals(before.transfers().get(row.sid()).in(statusAfterSkipping(row, status))),
            "a transfer is not as it should be: " + status,
            row);
      }
    }
    var expected = foretold.newTransfer;
    Violation.unless(
        expected == null
            ? fresh.isEmpty()
            : fresh.size() == 1
                && fresh
                    .getFirst()
                    .equals(
                        expected
                            .as(fresh.getFirst().sid())
                            .in(statusAfterSkipping(fresh.getFirst(), "initiated"))),
        "transfers came from nowhere, or did not go",
        expected,
        fresh);
    Violation.unless(
        after.transfers().keySet().containsAll(foretold.transferStatuses.keySet()),
        "a transfer is nowhere",
        foretold.transferStatuses);
  }

  /** A task is with its worker again if its steps were skipped one after the other. */
  private String statusAfterSkipping(TransferRow transfer, String status) {
    var task = after.tasks().get(transfer.task());
    return status.equals("initiated") && task.stage() == null ? "failed" : status;
  }

  private void checkWorkers(Deed deed) {
    var fresh = new HashSet<>(after.workers().keySet());
    fresh.removeAll(foretold.workers.keySet());
    var expected = foretold.newWorker;
    Violation.unless(
        fresh.size() == (expected == null ? 0 : 1)
            && fresh.stream().allMatch(sid -> worker(sid).equals(afterTheRounds(sid, expected))),
        "workers came from nowhere, or did not go",
        fresh);
    foretold.workers.forEach(
        (sid, worker) -> {
          Violation.unless(
              after.workers().containsKey(sid) && worker(sid).equals(afterTheRounds(sid, worker)),
              "a worker is not as it should be",
              worker,
              after.workers().get(sid));
          Violation.unless(
              deed instanceof Deed.EditChannel
                  || channels(before, sid).equals(channels(after, sid)),
              "a channel changed by itself",
              sid);
        });
  }

  private Foretold.Worker afterTheRounds(String sid, Foretold.Worker worker) {
    var asked =
        !site.multitasking()
            && after.reservations().values().stream()
                .anyMatch(
                    each ->
                        each.worker().equals(sid)
                            && !before.reservations().containsKey(each.sid()));
    return asked
        ? new Foretold.Worker(worker.name(), worker.attributes(), site.activity("Reserved"))
        : worker;
  }

  private Foretold.Worker worker(String sid) {
    var row = after.workers().get(sid);
    return new Foretold.Worker(row.name(), row.attributes(), row.activity());
  }

  private static Set<String> channels(Snapshot snapshot, String worker) {
    return snapshot.workers().get(worker).channels().entrySet().stream()
        .map(
            channel ->
                "%s %d %s"
                    .formatted(
                        channel.getKey(),
                        channel.getValue().capacity(),
                        channel.getValue().available()))
        .collect(Collectors.toSet());
  }
}
