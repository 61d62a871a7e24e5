package dev.muster.chaos;

import dev.muster.chaos.Call.Reply;
import java.time.Duration;
import java.util.List;

/**
 * What happened while the broker was dead for long.
 *
 * @param creations that began meanwhile, whenever they ended
 * @param offers reservations that were made
 * @param longestSilence without a new reservation
 * @param drained from the broker's return, with no more new tasks, until all work was done and the
 *     engine had been told everything
 */
record Absence(
    Duration span, List<Call> creations, long offers, Duration longestSilence, Duration drained) {

  /** Creations that were acknowledged. */
  long created() {
    return creations.stream().filter(call -> call.reply() == Reply.DONE).count();
  }

  /** How long something may take without having waited for the broker. */
  Duration patience() {
    var half = span.dividedBy(2);
    return half.compareTo(Verdicts.SOON) < 0 ? half : Verdicts.SOON;
  }
}
