package dev.muster.rules;

import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What is known around an instruction when it is linted, as plain data.
 *
 * @param tasks the paths that tasks ever had and the kinds seen there, as {@link Kind#seen} gives
 *     them; empty if nothing is known
 * @param workers the same of workers
 * @param queues friendly names by sid, for an instruction may name them either way; empty if
 *     nothing is known
 * @param activities friendly names by sid; empty if nothing is known
 * @param outlooks what the operator's policies may make of the steps of a queue, by its sid; queues
 *     that no policy closes may be left out
 * @param servedBy whether at least one present worker of the queue (a sid) fulfils an expression
 *     over {@code worker.…}
 */
public record World(
    Map<String, Set<Kind>> tasks,
    Map<String, Set<Kind>> workers,
    Map<String, String> queues,
    Map<String, String> activities,
    Map<String, Outlook> outlooks,
    BiPredicate<String, Expression> servedBy) {

  /** Nothing is known; only what the instruction itself says is looked at. */
  public static final World UNKNOWN =
      new World(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), (queue, expression) -> true);

  /** What policies may make of a step of the queue. */
  Outlook outlook(String queue) {
    var outlook = outlooks.get(queue);
    return outlook == null ? Outlook.open(queue) : outlook;
  }
}
