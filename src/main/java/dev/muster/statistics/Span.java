package dev.muster.statistics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Lengths of time that are tallied, from the shortest on; days are those of UTC. */
enum Span {
  MINUTE(ChronoUnit.MINUTES),
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS);

  private final ChronoUnit unit;

  Span(ChronoUnit unit) {
    this.unit = unit;
  }

  /** The last beginning of such a span that is not after the instant. */
  Instant floor(Instant instant) {
    return instant.truncatedTo(unit);
  }

  /** The first beginning of such a span that is not before the instant. */
  Instant ceiling(Instant instant) {
    var floor = floor(instant);
    return floor.equals(instant) ? instant : floor.plus(1, unit);
  }

  /** As the tallies name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
