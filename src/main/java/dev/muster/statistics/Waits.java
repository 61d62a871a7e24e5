package dev.muster.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How long tasks had waited when they were accepted or canceled, counted in steps that grow with
 * the wait: the first is for no wait at all, those after it take a second each up to 2 minutes,
 * then 5 seconds up to 10 minutes, half a minute up to an hour, 5 minutes up to 4 hours, a quarter
 * of an hour up to a day, and an hour from there on.
 */
final class Waits {

  static final Waits NONE = new Waits();

  private static final long[] NO_TIMES = {};

  private final Map<Kind, long[]> times = new HashMap<>();

  /** The events that end a wait. */
  enum End {
    ACCEPTED("reservation.accepted"),
    CANCELED("task.canceled");

    private final String type;

    End(String type) {
      this.type = type;
    }
  }

  /** From when on a wait is reckoned. */
  enum Since {
    CREATION("creation"),
    QUEUE("queue");

    private final String name;

    Since(String name) {
      this.name = name;
    }
  }

  /** Which waits, by the names that the tallies have for {@link End} and {@link Since}. */
  record Kind(String type, String since) {}

  /**
   * @param step from 1
   */
  void add(Kind kind, int step, long more) {
    ofLength(kind, step)[step - 1] += more;
  }

  /**
   * @param more by step, from the first
   */
  void add(Kind kind, Integer[] more) {
    var sums = ofLength(kind, more.length);
    for (var i = 0; i < more.length; i++) {
      sums[i] += more[i];
    }
  }

  private long[] ofLength(Kind kind, int length) {
    return times.compute(
        kind,
        (same, present) ->
            present == null
                ? new long[length]
                : present.length < length ? Arrays.copyOf(present, length) : present);
  }

  /**
   * How many waits were at most that long. Exact at the ends of steps; between two of these it is
   * the answer for the lower one.
   */
  long within(int seconds, End end, Since since) {
    return Arrays.stream(times.getOrDefault(new Kind(end.type, since.name), NO_TIMES))
        .limit(steps(seconds))
        .sum();
  }

  /** How many waits there were. */
  long all(End end, Since since) {
    return within(Integer.MAX_VALUE, end, since);
  }

  /**
   * How many steps end within that time; the database's view {@code countable_wait} has the same.
   */
  private static int steps(int seconds) {
    if (seconds <= 120) {
      return 1 + seconds;
    }
    if (seconds <= 600) {
      return 121 + (seconds - 120) / 5;
    }
    if (seconds <= 3_600) {
      return 217 + (seconds - 600) / 30;
    }
    if (seconds <= 14_400) {
      return 317 + (seconds - 3_600) / 300;
    }
    if (seconds <= 86_400) {
      return 353 + (seconds - 14_400) / 900;
    }
    return 433 + (seconds - 86_400) / 3_600;
  }
}
