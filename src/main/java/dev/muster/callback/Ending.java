package dev.muster.callback;

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
    answer = storable(answer, LONGEST);
    instruction = storable(instruction, LONGEST_INSTRUCTION);
    errorMessage = storable(errorMessage, LONGEST);
  }

  /** The same, with what went wrong. */
  Ending but(@Nullable Integer code, String message) {
    return new Ending(responseCode, answer, instruction, code, message, took);
  }

  /** The same, with what the answer said to do. */
  Ending saying(String said) {
    return new Ending(responseCode, answer, said, errorCode, errorMessage, took);
  }

  /** PostgreSQL keeps no NUL, and no half of a character that is written as two. */
  private static @Nullable String storable(@Nullable String text, int longest) {
    if (text == null) {
      return null;
    }
    var cut = text.length() <= longest ? text : text.substring(0, longest);
    return cut.codePoints()
        .map(character -> isStorable(character) ? character : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isStorable(int character) {
    return character != 0
        && !(character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
  }
}
