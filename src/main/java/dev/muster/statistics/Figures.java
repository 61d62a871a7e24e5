package dev.muster.statistics;

import java.util.HashMap;
import java.util.Map;

/** How often each kind of event happened, and what was measured with it. */
record Figures(Map<String, Tally> byType) {

  static final Figures NONE = new Figures(Map.of());

  /**
   * The events of one type.
   *
   * @param measured how long tasks had waited since their creation, or workers had written up
   * @param inQueue how long tasks had waited in their queue
   */
  record Tally(long times, Durations measured, Durations inQueue) {

    static final Tally NONE = new Tally(0, Durations.NONE, Durations.NONE);

    Tally and(Tally other) {
      return new Tally(
          times + other.times, measured.and(other.measured), inQueue.and(other.inQueue));
    }
  }

  Tally of(String type) {
    return byType.getOrDefault(type, Tally.NONE);
  }

  long times(String type) {
    return of(type).times();
  }

  Figures and(Figures other) {
    var sum = new HashMap<>(byType);
    other.byType.forEach((type, tally) -> sum.merge(type, tally, Tally::and));
    return new Figures(sum);
  }
}
