package dev.muster.statistics;

import java.util.List;

/** How long tasks had waited when they were accepted or canceled. */
record Waits(List<Step> steps) {

  static final Waits NONE = new Waits(List.of());

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

  /**
   * Waits that are taken to be equally long.
   *
   * @param upToSeconds how long at most
   */
  record Step(String type, String since, int upToSeconds, long times) {}

  /**
   * How many waits were at most that long. Exact for every whole second up to 2 minutes, every 5
   * seconds up to 10 minutes, every half minute up to an hour, every 5 minutes up to 4 hours, every
   * quarter of an hour up to a day, and every hour from there on; between two of these it is the
   * answer for the lower one.
   */
  long within(int seconds, End end, Since since) {
    return steps.stream()
        .filter(step -> step.type().equals(end.type) && step.since().equals(since.name))
        .filter(step -> step.upToSeconds() <= seconds)
        .mapToLong(Step::times)
        .sum();
  }

  /** How many waits there were. */
  long all(End end, Since since) {
    return within(Integer.MAX_VALUE, end, since);
  }
}
