package dev.muster.proof;

import dev.muster.proof.Foretold.Task;
import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what came of a deed against what the model foretold. Beyond that, only the rounds that
 * follow may have changed anything: they offer tasks that wait to workers who may take them, and
 * move tasks on whose step is to be skipped.
 */
final class Comparison {

  private static final String LEFT_BY_SKIPPING = "Task canceled on Workflow skip";

  private final Site site;
  private final Snapshot before;
  private final Foretold foretold;
  private final Snapshot after;
  private final Instant now;

  Comparison(Site site, Snapshot before, Foretold foretold, Snapshot after, Instant now) {
    this.site = site;
    this.before = before;
    this.foretold = foretold;
    this.after = after;
    this.now = now;
  }

  void check(Deed deed) {
    checkTasks();
    checkReservations();
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
        expected.pending()
            ? isWhereRoundsMayLeaveIt(expected, row, offers)
            : isAsExpected(expected, row) && offers.isEmpty();
    Violation.unless(fits, "a task is not where it should be", expected, row, offers);
    Violation.unless(
        row.attributes().equals(expected.wanted().attributes())
            && row.workflowVersion() == expected.workflowVersion(),
        "a task says something else",
        expected,
        row);
    checkVersions(before.tasks().get(sid), row, expected, offers);
  }

  private boolean isWhereRoundsMayLeaveIt(Task expected, TaskRow row, List<ReservationRow> offers) {
    return switch (row.status()) {
      case "pending" -> offers.isEmpty() && hasMovedBySkipping(expected, row);
      case "reserved" -> !offers.isEmpty() && hasMovedBySkipping(expected, row);
      case "canceled" ->
          LEFT_BY_SKIPPING.equals(row.reason()) && placesBySkipping(expected).contains(null);
      default -> false;
    };
  }

  private boolean hasMovedBySkipping(Task expected, TaskRow row) {
    return row.place().equals(expected.place())
        ? row.declinedBy().equals(expected.declinedBy())
        : placesBySkipping(expected).contains(row.place()) && row.declinedBy().isEmpty();
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
        && row.place().equals(expected.place())
        && row.declinedBy().equals(expected.declinedBy())
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
              status.equals(was.status()) ? row.equals(was) : row.version() > was.version(),
              "a reservation changed in secret",
              was,
              row);
        });
    var fresh =
        after.reservations().values().stream()
            .filter(each -> !before.reservations().containsKey(each.sid()))
            .toList();
    fresh.forEach(this::checkOffer);
    fresh.forEach(this::checkRoom);
  }

  private void checkOffer(ReservationRow offer) {
    var task = after.tasks().get(offer.task());
    var worker = after.workers().get(offer.worker());
    var answerable = now.plusSeconds(Site.RESERVATION_TIMEOUT_SECONDS);
    var end = answerable.isBefore(task.expiresAt()) ? answerable : task.expiresAt();
    Violation.unless(
        offer.pending()
            && offer.version() == 1
            && offer.createdAt().equals(now)
            && offer.expiresAt().equals(end)
            && end.isAfter(now)
            && offer.queue().equals(task.queue())
            && offer.channel().equals(task.channel()),
        "an odd offer",
        offer,
        task);
    Violation.unless(
        new Eligibility(site, after).mayTake(task, worker),
        "offered to somebody who may not take it",
        offer,
        task,
        worker);
  }

  /** Whoever ignores capacity may exceed it, and nobody else. */
  private void checkRoom(ReservationRow offer) {
    var channel = after.workers().get(offer.worker()).channels().get(offer.channel());
    var ignored =
        after.reservations().values().stream()
            .anyMatch(
                each ->
                    each.live()
                        && each.worker().equals(offer.worker())
                        && after.tasks().get(each.task()).ignoreCapacity());
    Violation.unless(
        ignored || channel.reserved() <= channel.capacity(),
        "more than there was room for",
        offer,
        channel);
  }

  private void checkWorkers(Deed deed) {
    var fresh = new HashSet<>(after.workers().keySet());
    fresh.removeAll(foretold.workers.keySet());
    var expected = foretold.newWorker == null ? Set.of() : Set.of(foretold.newWorker);
    Violation.unless(
        fresh.stream().map(this::worker).collect(Collectors.toSet()).equals(expected),
        "workers came from nowhere, or did not go",
        fresh);
    foretold.workers.forEach(
        (sid, worker) -> {
          Violation.unless(
              after.workers().containsKey(sid) && worker(sid).equals(worker),
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
