package dev.muster.chaos;

import dev.muster.chaos.Call.Act;
import dev.muster.chaos.Call.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges each promise. A call that was answered with success must have happened, for good; one that
 * was refused must not have; one that was not answered may have happened or not, but whatever is in
 * the tables must have been asked for.
 */
final class Verdicts {

  static final Duration SOON = Duration.ofSeconds(10);

  private static final Set<String> TAKEN = Set.of("accepted", "wrapping", "completed");
  private static final Set<String> ENDED = Set.of("completed", "canceled");
  private static final Map<String, String> PLACES =
      Map.of(
          "pending", "receiveTask_Queued",
          "reserved", "userTask_Reservation",
          "assigned", "receiveTask_Assigned",
          "wrapping", "receiveTask_Wrapping");

  private final Evidence evidence;
  private final History history;
  private final Map<String, Tables.Task> tasks;
  private final Map<String, Tables.Reservation> reservations;

  Verdicts(Evidence evidence) {
    this.evidence = evidence;
    this.history = evidence.history();
    this.tasks =
        evidence.tasks().stream().collect(Collectors.toMap(Tables.Task::sid, Function.identity()));
    this.reservations =
        evidence.reservations().stream()
            .collect(Collectors.toMap(Tables.Reservation::sid, Function.identity()));
  }

  List<Verdict> all() {
    return List.of(
        acknowledgedTasksExist(),
        tasksComeToRest(),
        acknowledgedChangesStand(),
        nothingHappensUnasked(),
        noTaskIsWithTwoWorkers(),
        noTaskIsAcceptedTwice(),
        booksAreInOrder(),
        offersComeSoon(),
        processesStandWhereTasksStand(),
        nothingWaitsForTheBroker());
  }

  Verdict acknowledgedTasksExist() {
    var created = history.calls(Act.CREATE, Reply.DONE).toList();
    return new Verdict(
        "every task whose creation was answered with 201 exists",
        created.size(),
        broken(created, call -> !isTask(call.other(), call.subject())));
  }

  private boolean isTask(String sid, String number) {
    return tasks.containsKey(sid) && Long.toString(tasks.get(sid).number()).equals(number);
  }

  Verdict tasksComeToRest() {
    return new Verdict(
        "every task ends, or waits where it is meant to",
        tasks.size(),
        broken(tasks.values(), task -> !task.status().equals(task.kind().rest())));
  }

  Verdict acknowledgedChangesStand() {
    var changes =
        history
            .calls()
            .filter(call -> call.reply() == Reply.DONE && call.act() != Act.CREATE)
            .toList();
    var broken = new ArrayList<>(broken(changes, call -> !stands(call)));
    broken.addAll(history.takenBack());
    return new Verdict("every acknowledged change still stands", changes.size(), broken);
  }

  private boolean stands(Call call) {
    var task = tasks.get(call.subject());
    var reservation = reservations.get(call.subject());
    return switch (call.act()) {
      case ACCEPT ->
          reservation != null
              && TAKEN.contains(reservation.status())
              && reservation.worker().equals(call.other());
      case REJECT -> reservation != null && reservation.status().equals("rejected");
      case WRAP -> task != null && Set.of("wrapping", "completed").contains(task.status());
      case COMPLETE -> task != null && task.status().equals("completed");
      case CANCEL ->
          task != null && task.status().equals("canceled") && task.reason().equals(Creators.REASON);
      case CREATE -> throw new IllegalArgumentException("Expected a change, but got " + call);
    };
  }

  Verdict nothingHappensUnasked() {
    var broken = new ArrayList<String>();
    var asked = asked(Act.CREATE);
    var numbers = new HashSet<Long>();
    for (var task : evidence.tasks()) {
      if (!asked.contains(Long.toString(task.number())) || !numbers.add(task.number())) {
        broken.add(task + " was made twice, or refused, or not asked for");
      }
    }
    broken.addAll(unasked(Act.COMPLETE, tasks.values(), Tables.Task::sid, isNow("completed")));
    broken.addAll(
        unasked(
            Act.ACCEPT,
            reservations.values(),
            Tables.Reservation::sid,
            reservation -> TAKEN.contains(reservation.status())));
    broken.addAll(
        unasked(
            Act.REJECT,
            reservations.values(),
            Tables.Reservation::sid,
            reservation -> reservation.status().equals("rejected")));
    return new Verdict(
        "nothing happened twice, unasked, or although it was refused",
        tasks.size() + reservations.size(),
        broken);
  }

  private static Predicate<Tables.Task> isNow(String status) {
    return task -> task.status().equals(status);
  }

  private <T> List<String> unasked(
      Act act, Iterable<T> rows, Function<T, String> subject, Predicate<T> happened) {
    var asked = asked(act);
    return broken(rows, row -> happened.test(row) && !asked.contains(subject.apply(row)));
  }

  /** What was asked for, unless it was refused. */
  private Set<String> asked(Act act) {
    return history
        .calls()
        .filter(call -> call.act() == act && call.reply() != Reply.REFUSED)
        .map(Call::subject)
        .collect(Collectors.toSet());
  }

  Verdict noTaskIsWithTwoWorkers() {
    return new Verdict(
        "no task was offered to, or with, two workers at once", tasks.size(), evidence.withTwo());
  }

  Verdict noTaskIsAcceptedTwice() {
    var broken = new ArrayList<>(evidence.acceptedTwice());
    var accepted = new HashMap<String, Call>();
    history
        .calls(Act.ACCEPT, Reply.DONE)
        .forEach(
            call -> {
              var task = taskOf(call);
              var earlier = accepted.put(task, call);
              if (earlier != null) {
                broken.add("%s: %s and %s".formatted(task, earlier, call));
              }
            });
    return new Verdict("no task was accepted twice", accepted.size(), broken);
  }

  private String taskOf(Call call) {
    var reservation = reservations.get(call.subject());
    return reservation == null ? call.subject() : reservation.task();
  }

  Verdict booksAreInOrder() {
    var broken = new ArrayList<>(evidence.gaps());
    broken.addAll(evidence.miscounted());
    return new Verdict(
        "no event of a task is missing, and workers' units are those of their reservations",
        tasks.size(),
        broken);
  }

  Verdict offersComeSoon() {
    return new Verdict(
        "the first new reservation came within %d s of the start after a kill"
            .formatted(SOON.toSeconds()),
        evidence.kills().size(),
        broken(evidence.kills(), kill -> kill.offered().compareTo(SOON) > 0));
  }

  /** The engine must have been told everything before. */
  Verdict processesStandWhereTasksStand() {
    var broken = new ArrayList<>(evidence.whereabouts().incidents());
    broken.addAll(misplaced(evidence.whereabouts(), evidence.tasks(), evidence.reservations()));
    return new Verdict("every process stands where its task stands", tasks.size(), broken);
  }

  /** The tasks whose processes stand somewhere else, or are missing or too many. */
  static List<String> misplaced(
      Whereabouts whereabouts, List<Tables.Task> tasks, List<Tables.Reservation> reservations) {
    var broken = new ArrayList<String>();
    var standing = new HashMap<>(whereabouts.byTask());
    var offered =
        reservations.stream()
            .filter(reservation -> reservation.status().equals("pending"))
            .collect(Collectors.toMap(Tables.Reservation::task, Tables.Reservation::worker));
    for (var task : tasks) {
      var found = standing.getOrDefault(task.sid(), List.of());
      standing.remove(task.sid());
      if (!found.equals(expected(task, offered.get(task.sid())))) {
        broken.add("%s, but its processes stand at %s".formatted(task, found));
      }
    }
    standing.forEach((task, places) -> broken.add("no task %s, but %s".formatted(task, places)));
    return broken;
  }

  private static List<List<String>> expected(Tables.Task task, String offeredTo) {
    if (ENDED.contains(task.status())) {
      return List.of();
    }
    var place = PLACES.get(task.status());
    return List.of(List.of(offeredTo == null ? place : place + " of " + offeredTo));
  }

  Verdict nothingWaitsForTheBroker() {
    var absence = evidence.absence();
    var patience = absence.patience();
    var broken =
        new ArrayList<>(
            broken(
                absence.creations(),
                call -> call.reply() != Reply.DONE || call.took().compareTo(patience) > 0));
    if (absence.longestSilence().compareTo(patience) > 0) {
      broken.add("no reservation was made for " + absence.longestSilence());
    }
    return new Verdict(
        "with the broker away, every task was taken in and offers went on, within %.1f s"
            .formatted(Kills.seconds(patience)),
        absence.creations().size(),
        broken);
  }

  private static <T> List<String> broken(Iterable<T> cases, Predicate<T> isBroken) {
    var broken = new ArrayList<String>();
    for (var each : cases) {
      if (isBroken.test(each)) {
        broken.add(each.toString());
      }
    }
    return broken;
  }
}
