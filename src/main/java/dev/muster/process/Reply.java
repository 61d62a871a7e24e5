package dev.muster.process;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What the engine made of a command. */
enum Reply {
  /** It has it, from this time or an earlier one. */
  DONE,
  /** It has not taken it, since it has too much to do. */
  BUSY,
  /** It may or may not have taken it. */
  UNKNOWN,
  /** It does not have what the command is about, or no longer. */
  GONE,
  /** It will never take it as it is. */
  REFUSED,
  /** It cannot start the process that the task names, and has not been told to. */
  ABSENT;

  /** Null is success. A failure of an unknown kind leaves unknown what became of the command. */
  static Reply of(@Nullable Throwable failure) {
    return failure == null ? DONE : of(Status.fromThrowable(failure).getCode());
  }

  private static Reply of(Status.Code code) {
    return switch (code) {
      case OK, ALREADY_EXISTS -> DONE;
      case RESOURCE_EXHAUSTED -> BUSY;
      case NOT_FOUND, FAILED_PRECONDITION -> GONE;
      case INVALID_ARGUMENT, OUT_OF_RANGE, UNIMPLEMENTED -> REFUSED;
      case PERMISSION_DENIED,
          UNAUTHENTICATED,
          UNAVAILABLE,
          DEADLINE_EXCEEDED,
          CANCELLED,
          ABORTED,
          INTERNAL,
          UNKNOWN,
          DATA_LOSS ->
          UNKNOWN;
    };
  }
}
