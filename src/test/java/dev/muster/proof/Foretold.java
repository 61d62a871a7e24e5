package dev.muster.proof;

import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.TransferRow;
import dev.muster.proof.Snapshot.WorkerRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as it is to be after a deed and before the rounds that follow it. Only what a deed
 * may change is in it.
 */
final class Foretold {

  /**
   * @param stage how far its worker has come with handing it on; null if it stays
   * @param target the worker, queue or workflow that it is meant for; null for none
   * @param reason of its end, if the deed ends it
   */
  record Task(
      String status,
      @Nullable String stage,
      Place place,
      int workflowVersion,
      String queue,
      @Nullable String target,
      Wanted wanted,
      List<String> declinedBy,
      @Nullable String reason) {

    static Task of(TaskRow row) {
      return new Task(
          row.status(),
          row.stage(),
          row.place(),
          row.workflowVersion(),
          row.queue(),
          row.routingTarget(),
          row.wanted(),
          row.declinedBy(),
          row.reason());
    }

    /** Whether a worker is looked for and nobody is asked. */
    boolean waits() {
      return status.equals("pending") || "waiting".equals(stage);
    }

    Task in(String newStatus) {
      return new Task(
          newStatus, stage, place, workflowVersion, queue, target, wanted, declinedBy, reason);
    }

    Task inStage(@Nullable String newStage) {
      return new Task(
          status, newStage, place, workflowVersion, queue, target, wanted, declinedBy, reason);
    }

    Task endedBy(@Nullable String newReason) {
      return new Task(
          "canceled", stage, place, workflowVersion, queue, target, wanted, declinedBy, newReason);
    }

    Task wanting(Wanted newWanted) {
      return new Task(
          status, stage, place, workflowVersion, queue, target, newWanted, declinedBy, reason);
    }

    Task meantFor(@Nullable String newTarget) {
      return new Task(
          status, stage, place, workflowVersion, queue, newTarget, wanted, declinedBy, reason);
    }

    Task at(Place newPlace, int newVersion, String newQueue) {
      return new Task(
          status, stage, newPlace, newVersion, newQueue, target, wanted, declinedBy, reason);
    }

    Task declinedBy(List<String> workers) {
      return new Task(
          status, stage, place, workflowVersion, queue, target, wanted, workers, reason);
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
  final Map<String, String> transferStatuses = new TreeMap<>();
  final Map<String, Worker> workers = new TreeMap<>();

  /** What workers are to do after work, where the deed says so. */
  final Map<String, String> postWork = new TreeMap<>();

  @Nullable Task newTask;
  @Nullable Worker newWorker;

  /** Without its sid. */
  @Nullable TransferRow newTransfer;

  /** As it was. */
  Foretold(Snapshot before) {
    before.tasks().values().forEach(row -> tasks.put(row.sid(), Task.of(row)));
    before.reservations().values().forEach(row -> reservationStatuses.put(row.sid(), row.status()));
    before.transfers().values().forEach(row -> transferStatuses.put(row.sid(), row.status()));
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

  /** The worker in the activity that the rounds found; none of them changes anything else. */
  WorkerRow asFound(Site site, WorkerRow worker) {
    var known = workers.getOrDefault(worker.sid(), newWorker);
    var activity = Objects.requireNonNull(known).activity();
    return worker.in(activity, site.available(activity));
  }

  String statusOf(ReservationRow reservation) {
    return reservationStatuses.getOrDefault(reservation.sid(), "gone");
  }
}
