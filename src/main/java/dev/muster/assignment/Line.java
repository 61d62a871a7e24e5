package dev.muster.assignment;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

/** The tasks that a matching round has in sight, the one that is to be served next at its head. */
final class Line {

  private final PriorityQueue<Waiting> tasks = new PriorityQueue<>();
  private final Map<UUID, Integer> inSight = new HashMap<>();
  private final Set<UUID> closed = new HashSet<>();

  void add(Collection<Waiting> more) {
    for (var task : more) {
      tasks.add(task);
      inSight.merge(task.demandClass(), 1, Integer::sum);
    }
  }

  /** Takes the next task out of the line; empty if none is left. */
  Optional<Waiting> next() {
    while (!tasks.isEmpty()) {
      var task = tasks.remove();
      inSight.merge(task.demandClass(), -1, Integer::sum);
      if (!closed.contains(task.demandClass())) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  /** Nobody for one of a class is nobody for the others: none of it comes out any more. */
  void close(UUID demandClass) {
    closed.add(demandClass);
  }

  /** Whether other tasks of the class are in sight. */
  boolean shows(UUID demandClass) {
    return inSight.getOrDefault(demandClass, 0) > 0;
  }
}
