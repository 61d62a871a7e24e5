package dev.muster.telephony;

import org.jspecify.annotations.Nullable;

/** What came of a wish for a connection. */
public sealed interface Outcome {

  /**
   * The calls are on their way.
   *
   * @param workerCallSid the call to the worker, if one was made
   * @param customerCallSid the customer's call, if it was led somewhere or made
   * @param hangUp ends the calls that were made, as well as can be: one that is over already, or
   *     that cannot be reached, stays as it is, and so does one that was led somewhere; needs no
   *     database
   */
  record Made(@Nullable String workerCallSid, @Nullable String customerCallSid, Runnable hangUp)
      implements Outcome {}

  /**
   * No call is on its way.
   *
   * @param why a sentence for the tenant
   */
  record Failed(String why) implements Outcome {}
}
