package dev.muster.process;

import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the engine made of a command. */
enum Reply {
  /** It has it, from this time or an earlier one. */
  DONE,
  /** It has not taken it, since it has too much to do. */
  BUSY,
  /** It may or may not have taken it. */
  UNKNOWN,
  /** It will never take it as it is. */
  REFUSED;

  static Reply of(@Nullable Throwable failure) {
    if (failure == null) {
      return DONE;
    }
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    return failure instanceof ClientStatusException status ? of(status.getStatusCode()) : UNKNOWN;
  }

  private static Reply of(Status.Code code) {
    return switch (code) {
      case OK, ALREADY_EXISTS -> DONE;
      case RESOURCE_EXHAUSTED -> BUSY;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED, NOT_FOUND -> REFUSED;
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
