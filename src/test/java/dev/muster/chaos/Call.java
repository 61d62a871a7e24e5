package dev.muster.chaos;

import java.time.Duration;
import java.time.Instant;

/**
 * One call that was to change something, and what came of it.
 *
 * @param subject the number of a task to be created, the sid of a reservation to be answered, or
 *     the sid of the task
 * @param other the sid of a created task, empty unless it was acknowledged; otherwise who did it
 */
record Call(Act act, String subject, String other, Reply reply, Instant began, Instant ended) {

  Duration took() {
    return Duration.between(began, ended);
  }

  enum Act {
    CREATE,
    CANCEL,
    ACCEPT,
    REJECT,
    WRAP,
    COMPLETE
  }

  enum Reply {
    /** Acknowledged: it has happened, for good. */
    DONE,
    /** It has not happened, at least not by this call. */
    REFUSED,
    /** No answer, or one that says nothing: it may have happened or not. */
    UNKNOWN
  }
}
