package dev.muster.proof;

import dev.muster.proof.Instructions.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One workspace as the database has it at one moment; everything by sid, in the order of the sids.
 *
 * @param reservations of the tasks that there are
 * @param workflowVersion the present version of the workspace's only workflow
 * @param strays reservations that hold a unit for a task that is gone
 */
record Snapshot(
    Map<String, TaskRow> tasks,
    Map<String, ReservationRow> reservations,
    Map<String, WorkerRow> workers,
    Map<String, QueueRow> queues,
    int workflowVersion,
    int strays) {

  /**
   * @param processVersion the version of its last move, for the engine; -1 if it has none
   */
  record TaskRow(
      String sid,
      String status,
      int version,
      String attributes,
      int priority,
      String channel,
      int workflowVersion,
      Place place,
      String queue,
      @Nullable Instant stepExpiresAt,
      boolean entering,
      boolean ignoreCapacity,
      @Nullable String routingTarget,
      List<String> declinedBy,
      @Nullable Instant retryAt,
      Instant expiresAt,
      @Nullable String reason,
      int rankPriority,
      long rankTime,
      Instant virtualStartAt,
      int processVersion) {

    boolean pending() {
      return status.equals("pending");
    }

    boolean waits() {
      return pending() || status.equals("reserved");
    }

    boolean ended() {
      return status.equals("completed") || status.equals("canceled");
    }

    boolean isForOneWorker() {
      return routingTarget != null && routingTarget.startsWith("WK");
    }

    Wanted wanted() {
      return Wanted.of(attributes);
    }
  }

  record ReservationRow(
      String sid,
      String task,
      String worker,
      String queue,
      String channel,
      String status,
      int version,
      Instant createdAt,
      Instant expiresAt) {

    boolean pending() {
      return status.equals("pending");
    }

    /** Whether it holds a unit of the worker's capacity. */
    boolean live() {
      return pending() || taken();
    }

    /** Whether its worker has accepted it and is not done. */
    boolean taken() {
      return status.equals("accepted") || status.equals("wrapping");
    }
  }

  record WorkerRow(
      String sid,
      String name,
      String attributes,
      String activity,
      boolean available,
      int version,
      Map<String, ChannelRow> channels,
      Set<String> queues) {}

  record ChannelRow(
      int capacity, boolean available, boolean workerAvailable, int reserved, int assigned) {}

  record QueueRow(String sid, String targetWorkers, String order, int maxReservedWorkers) {}

  Collection<ReservationRow> ofTask(String task) {
    return reservations.values().stream().filter(each -> each.task().equals(task)).toList();
  }

  Collection<ReservationRow> pendingOf(String task) {
    return ofTask(task).stream().filter(ReservationRow::pending).toList();
  }
}
