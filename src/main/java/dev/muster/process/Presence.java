package dev.muster.process;

import com.fasterxml.jackson.annotation.JsonValue;
import io.grpc.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the engine has of a process that a workflow names. */
enum Presence {
  /** It is deployed and begins as a process for tasks does. */
  READY,
  /** There is none that Muster could start. */
  MISSING,
  /** It is deployed, but has no start event for tasks. */
  FOREIGN,
  /** The engine did not say. */
  UNKNOWN;

  /** Reads the refusal of a command that names {@link TaskProcess#START_EVENT} and no other. */
  static Presence of(@Nullable Throwable refusal) {
    if (refusal == null) {
      return UNKNOWN;
    }
    var status = Status.fromThrowable(refusal);
    return switch (status.getCode()) {
      case NOT_FOUND, PERMISSION_DENIED -> MISSING;
      case INVALID_ARGUMENT ->
          String.valueOf(status.getDescription()).contains(TaskProcess.START_EVENT)
              ? FOREIGN
              : READY;
      default -> UNKNOWN;
    };
  }

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
