package dev.muster.process;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where a task stands, as far as its process is concerned. */
sealed interface Stage {

  /** As the gateway "Where is the task?" spells it. */
  String word();

  /** What the process has to know while the task is here. */
  default Map<String, Object> variables() {
    return Map.of(TaskProcess.STAGE, word());
  }

  /** Waits for a worker. */
  record Queued(Deadline deadline) implements Stage {

    @Override
    public String word() {
      return "queued";
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of(
          TaskProcess.STAGE, word(),
          TaskProcess.UNTIL, deadline.until().toString(),
          TaskProcess.OVER, deadline.whose().word());
    }
  }

  /** Waits for the answer of at least one worker. */
  record Offered(List<Offer> offers, Deadline deadline) implements Stage {

    @Override
    public String word() {
      return "offered";
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of(
          TaskProcess.STAGE, word(),
          TaskProcess.UNTIL, deadline.until().toString(),
          TaskProcess.OVER, deadline.whose().word(),
          TaskProcess.RESERVATIONS, offers.stream().map(Offer::variable).toList());
    }
  }

  /** A worker is at it. */
  record Assigned() implements Stage {

    @Override
    public String word() {
      return "assigned";
    }
  }

  /** Done but for the wrap-up. */
  record Wrapping() implements Stage {

    @Override
    public String word() {
      return "wrapping";
    }
  }

  /** Completed, canceled or deleted. */
  record Ended() implements Stage {

    @Override
    public String word() {
      return "ended";
    }
  }

  /** One pending reservation. */
  record Offer(String sid, String worker, String queue) {

    private Map<String, String> variable() {
      return Map.of("sid", sid, "worker", worker, "queue", queue);
    }
  }

  /** The next instant at which the task cannot stay where it is. */
  record Deadline(Instant until, Whose whose) {

    Deadline orEarlier(Deadline other) {
      return other.until.isBefore(until) ? other : this;
    }
  }

  /** Whose time is over at a deadline. */
  enum Whose {
    TARGET,
    TASK,
    RESERVATION;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
