package dev.muster.callback;

import dev.muster.delivery.Excerpt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request, as it is written down: texts are cut, and hold nothing that cannot be
 * stored.
 */
record Ending(
    @Nullable Integer responseCode,
    @Nullable String answer,
    @Nullable String instruction,
    @Nullable Integer errorCode,
    @Nullable String errorMessage,
    Duration took) {

  private static final int LONGEST = 4_096;
  private static final int LONGEST_INSTRUCTION = 64;

  Ending {
    answer = Excerpt.of(answer, LONGEST);
    instruction = Excerpt.of(instruction, LONGEST_INSTRUCTION);
    errorMessage = Excerpt.of(errorMessage, LONGEST);
  }

  /** The same, with what went wrong. */
  Ending but(@Nullable Integer code, String message) {
    return new Ending(responseCode, answer, instruction, code, message, took);
  }

  /** The same, with what the answer said to do. */
  Ending saying(String said) {
    return new Ending(responseCode, answer, said, errorCode, errorMessage, took);
  }
}
