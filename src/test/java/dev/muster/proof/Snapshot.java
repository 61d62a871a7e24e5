package dev.muster.proof;

import dev.muster.proof.Instructions.Place;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One workspace as the database has it at one moment; everything by sid, in the order of the sids.
 *
 * @param reservations of the tasks that there are
 * @param reservationsByTask the same
 * @param transfers of the tasks that there are
 * @param workflowVersion the present version of the workspace's only workflow
 * @param strays reservations that hold a unit for a task that is gone
 */
record Snapshot(
    Map<String, TaskRow> tasks,
    Map<String, ReservationRow> reservations,
    Map<String, List<ReservationRow>> reservationsByTask,
    Map<String, TransferRow> transfers,
    Map<String, WorkerRow> workers,
    Map<String, QueueRow> queues,
    int workflowVersion,
    int strays) {

  /**
   * @param stage how far the worker who has it has come with handing it on; null if it stays
   * @param transferredBy the worker who hands it on
   * @param processVersion the version of its last move, for the engine; -1 if it has none
   */
  record TaskRow(
      String sid,
      String status,
      @Nullable String stage,
      @Nullable String transferredBy,
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
      @Nullable Instant assignedUntil,
      @Nullable Instant hiddenAt,
      @Nullable String reason,
      int rankPriority,
      long rankTime,
      Instant virtualStartAt,
      int processVersion,
      Wanted wanted) {

    /** Whether a worker is looked for and nobody is asked at present. */
    boolean waits() {
      return status.equals("pending") || "waiting".equals(stage);
    }

    /** Whether workers are asked at present. */
    boolean offered() {
      return status.equals("reserved") || "offered".equals(stage);
    }

    /** Whether a worker is looked for. */
    boolean seeks() {
      return waits() || offered();
    }

    /** Whether a worker has it. */
    boolean taken() {
      return status.equals("assigned") || status.equals("wrapping");
    }

    boolean ended() {
      return status.equals("completed") || status.equals("canceled");
    }

    /** Whether nobody can ask for it any more. */
    boolean hidden(Instant now) {
      return hiddenAt != null && !hiddenAt.isAfter(now);
    }

    boolean isForOneWorker() {
      return routingTarget != null && routingTarget.startsWith("WK");
    }
  }

  /**
   * @param previousActivity what its worker did before, where workers have one task at a time
   * @param postWork what its worker does after its completion; null for no change
   */
  record ReservationRow(
      String sid,
      String task,
      String worker,
      String queue,
      String channel,
      String status,
      int version,
      Instant createdAt,
      Instant expiresAt,
      @Nullable String previousActivity,
      @Nullable String postWork) {

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

  /**
   * @param place where the task comes back to if nobody takes it, as are the four that follow
   */
  record TransferRow(
      String sid,
      String task,
      String worker,
      String reservation,
      String mode,
      String to,
      String status,
      Place place,
      int workflowVersion,
      String queue,
      @Nullable String target,
      boolean ignoreCapacity) {

    TransferRow in(String otherStatus) {
      return new TransferRow(
          sid,
          task,
          worker,
          reservation,
          mode,
          to,
          otherStatus,
          place,
          workflowVersion,
          queue,
          target,
          ignoreCapacity);
    }

    TransferRow as(String otherSid) {
      return new TransferRow(
          otherSid,
          task,
          worker,
          reservation,
          mode,
          to,
          status,
          place,
          workflowVersion,
          queue,
          target,
          ignoreCapacity);
    }

    boolean initiated() {
      return status.equals("initiated");
    }

    /** Whether the worker has left the task already. */
    boolean cold() {
      return mode.equals("COLD");
    }
  }

  /**
   * @param idleSince when it last was given a task, or first was available
   */
  record WorkerRow(
      String sid,
      String name,
      String attributes,
      String activity,
      boolean available,
      Instant idleSince,
      int version,
      Map<String, ChannelRow> channels,
      Set<String> queues) {

    WorkerRow in(String otherActivity, boolean availableThere) {
      return new WorkerRow(
          sid,
          name,
          attributes,
          otherActivity,
          availableThere,
          idleSince,
          version,
          channels,
          queues);
    }
  }

  record ChannelRow(
      int capacity, boolean available, boolean workerAvailable, int reserved, int assigned) {}

  record QueueRow(String sid, String targetWorkers, String order, int maxReservedWorkers) {

    boolean isFifo() {
      return order.equals("FIFO");
    }
  }

  Collection<ReservationRow> ofTask(String task) {
    return reservationsByTask.getOrDefault(task, List.of());
  }

  /** The transfer that a task is in. */
  Optional<TransferRow> transferOf(String task) {
    return transfers.values().stream()
        .filter(each -> each.task().equals(task) && each.initiated())
        .findFirst();
  }

  Collection<ReservationRow> pendingOf(String task) {
    return ofTask(task).stream().filter(ReservationRow::pending).toList();
  }
}
