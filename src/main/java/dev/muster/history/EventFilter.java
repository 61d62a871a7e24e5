package dev.muster.history;

import dev.muster.event.EventSid;
import dev.muster.queue.TaskQueueSid;
import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which events a list is to hold; what is absent does not narrow it. Without a start it holds those
 * of the last 15 minutes before its end, or of as many as {@code minutes} says; the one event of a
 * {@code sid} is found whenever it was.
 *
 * @param taskChannel the sid or unique name of a task channel
 */
record EventFilter(
    @Nullable Instant endDate,
    @Nullable String eventType,
    @Nullable @Min(1) Integer minutes,
    @Nullable ReservationSid reservationSid,
    @Nullable Instant startDate,
    @Nullable TaskQueueSid taskQueueSid,
    @Nullable TaskSid taskSid,
    @Nullable WorkerSid workerSid,
    @Nullable WorkflowSid workflowSid,
    @Nullable String taskChannel,
    @Nullable EventSid sid) {

  private static final int DEFAULT_MINUTES = 15;

  /** The first instant of the list; null if it has none. */
  @Nullable Instant start(Instant now) {
    if (startDate != null || (sid != null && minutes == null)) {
      return startDate;
    }
    var span = Duration.ofMinutes(Objects.requireNonNullElse(minutes, DEFAULT_MINUTES));
    return Objects.requireNonNullElse(endDate, now).minus(span);
  }
}
