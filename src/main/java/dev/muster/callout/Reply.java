package dev.muster.callout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a request. */
public sealed interface Reply {

  /** From sending it to the end of the answer, or to giving up. */
  Duration took();

  /**
   * The other side answered, whatever it said.
   *
   * @param mediaType in lower case and without parameters, such as {@code application/json}; null
   *     if it did not say
   * @param body what came of it, up to the size that the operator allows
   * @param whole whether that is all of it
   */
  record Answered(int status, @Nullable String mediaType, String body, boolean whole, Duration took)
      implements Reply {}

  /**
   * No answer, or none in time.
   *
   * @param why a sentence for the person who chose the address
   */
  record Unanswered(String why, Duration took) implements Reply {}
}
