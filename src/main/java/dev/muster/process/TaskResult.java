package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.task.TaskStatus;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a task that a process handed to people.
 *
 * @param job the key of the job that waits for it
 * @param status completed or canceled; a task that was deleted counts as canceled
 * @param attributes as they were at the end, read from JSON
 * @param workerSid of the worker who completed it
 */
record TaskResult(
    long job,
    TaskSid task,
    TaskStatus status,
    @Nullable String reason,
    Map<String, ?> attributes,
    @Nullable String workerSid) {

  boolean completed() {
    return status == TaskStatus.COMPLETED;
  }

  /** What the process gets. */
  Map<String, Object> variables() {
    return Map.of(
        HandOver.RESULT,
        Map.of(
            "taskSid", task.value(),
            "status", status.wireName(),
            "reason", text(reason),
            "workerSid", text(workerSid),
            "attributes", attributes));
  }

  String message() {
    return "Task %s was canceled: %s".formatted(task, text(reason));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
