package dev.muster.worker;

import dev.muster.workspace.TaskChannelSid;
import java.time.Instant;

/**
 * How many tasks of one task channel a worker can have at once, and has.
 *
 * @param capacity 0 to 50; 0 means no new reservations
 * @param reserved reservations that hold a unit: pending, accepted, wrapping
 * @param assigned those of them that are accepted
 * @param idleSince when it was last reserved; before the first time, since when it could have been
 */
public record WorkerChannel(
    WorkerChannelSid sid,
    WorkerSid workerSid,
    TaskChannelSid taskChannelSid,
    String taskChannelUniqueName,
    int capacity,
    boolean available,
    int reserved,
    int assigned,
    Instant idleSince,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * {@code floor((1 - reserved / capacity) * 100)}. It is 0 for a channel without capacity, and for
   * one that holds more than its capacity because that was lowered or ignored.
   */
  public int availableCapacityPercentage() {
    return availableCapacityPercentage(capacity, reserved);
  }

  static int availableCapacityPercentage(int capacity, int reserved) {
    return capacity == 0 ? 0 : Math.max(0, capacity - reserved) * 100 / capacity;
  }

  /** Units that reservations do not hold, at least 0. */
  int freeUnits() {
    return Math.max(0, capacity - reserved);
  }
}
