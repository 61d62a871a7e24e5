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

  /** A worker is looked for, the first or the next, until the target or the task's life is over. */
  record Queued(Instant until, Over over) implements Stage {

    @Override
    public String word() {
      return "queued";
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of(
          TaskProcess.STAGE, word(),
          TaskProcess.UNTIL, until.toString(),
          TaskProcess.OVER, over.word());
    }
  }

  /** Waits for an answer; {@code until} the first of the offers lapses. */
  record Offered(List<Offer> offers, Instant until) implements Stage {

    @Override
    public String word() {
      return "offered";
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of(
          TaskProcess.STAGE, word(),
          TaskProcess.UNTIL, until.toString(),
          TaskProcess.RESERVATIONS, offers.stream().map(Offer::variable).toList());
    }
  }

  /** A worker is at it, until it is taken away. */
  record Assigned(Instant until) implements Stage {

    @Override
    public String word() {
      return "assigned";
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of(TaskProcess.STAGE, word(), TaskProcess.UNTIL, until.toString());
    }
  }

  /** Done but for the wrap-up, for which the worker has until then. */
  record Wrapping(Instant until) implements Stage {

    @Override
    public String word() {
      return "wrapping";
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of(TaskProcess.STAGE, word(), TaskProcess.UNTIL, until.toString());
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

  /** Whose time is over first, as the gateway "Whose time is over?" spells it. */
  enum Over {
    TARGET,
    TASK;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
