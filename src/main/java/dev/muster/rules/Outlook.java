package dev.muster.rules;

import java.util.Set;

/**
 * What the operator's policies may make of the steps of a queue, as far as it is known without a
 * task. It may allow for more than ever happens, never for less.
 *
 * @param queues that tasks may come to wait in; empty if every task is turned away
 * @param maySkip whether tasks may be turned away, and go on as if the step's time were over
 */
public record Outlook(Set<String> queues, boolean maySkip) {

  public Outlook {
    queues = Set.copyOf(queues);
  }

  /** Of a queue that no policy closes. */
  static Outlook open(String queue) {
    return new Outlook(Set.of(queue), false);
  }
}
