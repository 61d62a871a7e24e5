package dev.muster.statistics;

/**
 * Lengths of time, taken together.
 *
 * @param leastMillis 0 without any
 * @param mostMillis 0 without any
 */
record Durations(long count, long totalMillis, long leastMillis, long mostMillis) {

  static final Durations NONE = new Durations(0, 0, 0, 0);

  /** As the wire has them, in seconds. */
  record Seconds(long avg, long min, long max, long total) {}

  Durations and(Durations other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    return new Durations(
        count + other.count,
        totalMillis + other.totalMillis,
        Math.min(leastMillis, other.leastMillis),
        Math.max(mostMillis, other.mostMillis));
  }

  /** Their mean in seconds; 0 without any. */
  double average() {
    return count == 0 ? 0 : totalMillis / 1000.0 / count;
  }

  Seconds seconds() {
    return new Seconds(
        Math.round(average()),
        Math.round(leastMillis / 1000.0),
        Math.round(mostMillis / 1000.0),
        Math.round(totalMillis / 1000.0));
  }
}
