package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.task.TaskStatus;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
            "attributes", tellable(attributes)));
  }

  /** The engine takes no whole number beyond 64 bits; it is told as text, with all its digits. */
  private static @Nullable Object tellable(@Nullable Object value) {
    return switch (value) {
      case BigInteger longer -> longer.toString();
      case Map<?, ?> object -> {
        var copy = new LinkedHashMap<Object, @Nullable Object>();
        object.forEach((name, each) -> copy.put(name, tellable(each)));
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>();
        list.forEach(each -> copy.add(tellable(each)));
        yield copy;
      }
      case null -> null;
      default -> value;
    };
  }

  String message() {
    return "Task %s was canceled: %s".formatted(task, text(reason));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
