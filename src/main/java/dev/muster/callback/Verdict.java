package dev.muster.callback;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an answer to a callback comes to. */
sealed interface Verdict {

  /** It is none; the fallback is asked. */
  record NoAnswer(String why) implements Verdict {}

  /**
   * The reservation stays as it is: the tenant answers it in another way.
   *
   * @param code the wire format's code for what is wrong with the answer; null if nothing is
   */
  record Nothing(@Nullable Integer code, @Nullable String message) implements Verdict {}

  record Instructed(ObjectNode document) implements Verdict {}
}
