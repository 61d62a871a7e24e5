package dev.muster.rules;

import static dev.muster.rules.Kind.NUMBER;
import static dev.muster.rules.Kind.NUMERIC_TEXT;
import static dev.muster.rules.Kind.TEXT;

import dev.muster.rules.Path.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that tasks, or workers, have: those of attributes ever seen and the built-in ones. */
final class Vocabulary {

  private static final Map<String, Set<Kind>> OF_TASKS =
      Map.of("sid", Set.of(TEXT), "priority", Set.of(NUMBER), "age", Set.of(NUMBER));

  private static final Map<String, Set<Kind>> OF_WORKERS =
      Map.of(
          "sid", Set.of(TEXT),
          "friendly_name", Set.of(TEXT, NUMERIC_TEXT),
          "name", Set.of(TEXT, NUMERIC_TEXT),
          "activity_sid", Set.of(TEXT),
          "activity_name", Set.of(TEXT, NUMERIC_TEXT));

  private static final Set<String> OF_CHANNELS =
      Set.of("configured_capacity", "assigned_tasks", "available_capacity_percentage");

  private final Map<String, Set<Kind>> seen;
  private final Map<String, Set<Kind>> builtIn;
  private final boolean channels;

  private Vocabulary(
      Map<String, Set<Kind>> seen, Map<String, Set<Kind>> builtIn, boolean channels) {
    this.seen = seen;
    this.builtIn = builtIn;
    this.channels = channels;
  }

  static Vocabulary attributesOfTasks(World world) {
    return new Vocabulary(world.tasks(), Map.of(), false);
  }

  static Vocabulary ofTasks(World world) {
    return new Vocabulary(world.tasks(), OF_TASKS, false);
  }

  static Vocabulary ofWorkers(World world) {
    return new Vocabulary(world.workers(), OF_WORKERS, true);
  }

  /** Whether anything was ever seen; if not, no name can be called unknown. */
  boolean isTold() {
    return !seen.isEmpty();
  }

  /** The kinds of the values with that name; empty if there were none. */
  Set<Kind> kinds(List<Step> steps) {
    var name = name(steps);
    if (channels && isChannel(steps)) {
      return Set.of(NUMBER);
    }
    return builtIn.getOrDefault(name, seen.getOrDefault(name, Set.of()));
  }

  /** The known name that is most like this one, if one is like it at all. */
  Optional<String> nearest(List<Step> steps) {
    var name = name(steps);
    var known = new HashSet<>(seen.keySet());
    known.addAll(builtIn.keySet());
    return Spelling.nearest(name, known);
  }

  /** As {@link Kind#seen} writes it: one name for all elements of an array. */
  static String name(List<Step> steps) {
    var name = new StringBuilder();
    for (var step : steps) {
      switch (step) {
        case Step.Name member -> name.append(name.isEmpty() ? "" : ".").append(member.name());
        case Step.Index index -> name.append("[]");
      }
    }
    return name.toString();
  }

  private static boolean isChannel(List<Step> steps) {
    return steps.size() == 3
        && steps.getFirst().equals(new Step.Name("channel"))
        && steps.getLast() instanceof Step.Name last
        && OF_CHANNELS.contains(last.name());
  }
}
