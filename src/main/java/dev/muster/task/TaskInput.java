package dev.muster.task;

import dev.muster.rules.Attributes;
import dev.muster.rules.AttributesError;
import dev.muster.web.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Checks of what callers say about tasks that need no look at the store. */
final class TaskInput {

  private static final Instant EARLIEST_START = Instant.parse("1900-01-01T00:00:00Z");

  private TaskInput() {}

  static Attributes attributes(String text) {
    try {
      return Attributes.parse(text);
    } catch (AttributesError error) {
      throw Refused.because("Attributes", error);
    }
  }

  /** Where a task joins the others of its queue, in microseconds as they are stored. */
  static Instant virtualStart(@Nullable Instant given, Instant now) {
    var start = given == null ? now : given.truncatedTo(ChronoUnit.MICROS);
    if (start.isAfter(now) || start.isBefore(EARLIEST_START)) {
      throw Refused.invalid(
          "Expected VirtualStartTime to be from %s to now, which is %s, but got '%s'",
          EARLIEST_START, now, start);
    }
    return start;
  }
}
