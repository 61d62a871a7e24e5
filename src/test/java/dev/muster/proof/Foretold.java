package dev.muster.proof;

import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as it is to be after a deed and before the rounds that follow it. Only what a deed
 * may change is in it.
 */
final class Foretold {

  /**
   * @param reason of its end, if the deed ends it
   */
  record Task(
      String status,
      Place place,
      int workflowVersion,
      Wanted wanted,
      List<String> declinedBy,
      @Nullable String reason) {

    static Task of(TaskRow row) {
      return new Task(
          row.status(),
          row.place(),
          row.workflowVersion(),
          row.wanted(),
          row.declinedBy(),
          row.reason());
    }

    boolean pending() {
      return status.equals("pending");
    }

    Task in(String newStatus) {
      return new Task(newStatus, place, workflowVersion, wanted, declinedBy, reason);
    }

    Task endedBy(String newReason) {
      return new Task("canceled", place, workflowVersion, wanted, declinedBy, newReason);
    }

    Task wanting(Wanted newWanted) {
      return new Task(status, place, workflowVersion, newWanted, declinedBy, reason);
    }

    Task at(Place newPlace, int newWorkflowVersion) {
      return new Task(status, newPlace, newWorkflowVersion, wanted, List.of(), reason);
    }

    Task declinedBy(List<String> workers) {
      return new Task(status, place, workflowVersion, wanted, workers, reason);
    }

    Task declinedBy(String worker) {
      var workers = new ArrayList<>(declinedBy);
      workers.add(worker);
      return declinedBy(workers);
    }
  }

  /** What a call may change of a worker. */
  record Worker(String name, String attributes, String activity) {}

  final Map<String, Task> tasks = new TreeMap<>();
  final Map<String, String> reservationStatuses = new TreeMap<>();
  final Map<String, Worker> workers = new TreeMap<>();
  @Nullable Task newTask;
  @Nullable Worker newWorker;

  /** As it was. */
  Foretold(Snapshot before) {
    before.tasks().values().forEach(row -> tasks.put(row.sid(), Task.of(row)));
    before.reservations().values().forEach(row -> reservationStatuses.put(row.sid(), row.status()));
    before
        .workers()
        .values()
        .forEach(
            row ->
                workers.put(row.sid(), new Worker(row.name(), row.attributes(), row.activity())));
  }

  void move(String worker, String activity) {
    workers.computeIfPresent(
        worker, (sid, present) -> new Worker(present.name(), present.attributes(), activity));
  }

  String statusOf(ReservationRow reservation) {
    return reservationStatuses.get(reservation.sid());
  }
}
