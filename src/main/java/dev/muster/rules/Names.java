package dev.muster.rules;

import static dev.muster.rules.Warning.Code.ACTIVITY_UNKNOWN;
import static dev.muster.rules.Warning.Code.ATTRIBUTE_UNKNOWN;
import static dev.muster.rules.Warning.Code.COMPARISON_NEVER_HOLDS;
import static dev.muster.rules.Warning.Code.ORDER_WITHOUT_NUMBERS;
import static dev.muster.rules.Warning.Code.PREFIX_WRONG;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Expression.Not;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.ListOf;
import dev.muster.rules.Operand.Literal;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the names that expressions read, and at what is compared with them. */
final class Names {

  private static final int SHOWN = 80;
  private static final Set<Kind> ANYTHING = EnumSet.allOf(Kind.class);

  private final World world;
  private final Vocabulary taskAttributes;
  private final Vocabulary tasks;
  private final Vocabulary workers;
  private final Findings findings;

  Names(World world, Findings findings) {
    this.world = world;
    this.taskAttributes = Vocabulary.attributesOfTasks(world);
    this.tasks = Vocabulary.ofTasks(world);
    this.workers = Vocabulary.ofWorkers(world);
    this.findings = findings;
  }

  /** A filter's expression, over a task's attributes without a prefix. */
  void inFilter(String where, Expression expression) {
    for (var path : expression.paths()) {
      if (isUnknown(taskAttributes, path, 0)) {
        switch (path.tail().isEmpty() ? "" : path.root()) {
          case "task" ->
              misnamed(
                  where, path, "a filter reads the task without a prefix: write " + path.tail());
          case "worker", "workers" ->
              misnamed(where, path, "a filter knows the task only; a target may ask for workers");
          default -> unknown(where, path, "task", taskAttributes, 0, "");
        }
      }
    }
    compared(where, expression, path -> kinds(taskAttributes, path, 0));
  }

  /** A target's expression, over {@code task.…} and {@code worker.…}. */
  void inTarget(String where, Expression expression) {
    for (var path : expression.paths()) {
      boolean bare = path.tail().isEmpty();
      if (bare || !path.root().equals("task") && !path.root().equals("worker")) {
        misnamed(where, path, "a target reads task.… and worker.…" + prefixed(path));
      } else {
        unknownBelow(where, path);
      }
    }
    compared(where, expression, this::kindsInTarget);
  }

  /** A reference to the worker of a task. */
  void inKnownWorker(String where, Path reference) {
    unknownBelow(where, reference);
  }

  /** {@code skip_if}, over {@code workers.…}. */
  void inSkipIf(String where, Expression expression) {
    for (var path : expression.paths()) {
      var count = path.tail();
      boolean activity = count.startsWith("WA") && path.steps().size() == 2;
      if (!path.root().equals("workers")
          || !activity && !count.equals("available") && !count.equals("unavailable")) {
        misnamed(
            where,
            path,
            "skip_if reads workers.available, workers.unavailable and workers.<activity sid> only");
      } else if (activity
          && !world.activities().isEmpty()
          && !world.activities().containsKey(count)) {
        findings.add(
            ACTIVITY_UNKNOWN, where, "There is no activity " + count + ", so it counts 0", path);
      }
    }
  }

  /** {@code order_by}, over {@code worker.…}. */
  void inOrderBy(String where, OrderBy order) {
    for (var clause : order.clauses()) {
      var path = clause.path();
      unknownBelow(where, path);
      var kinds = workers.kinds(path.steps().subList(1, path.steps().size()));
      if (!kinds.isEmpty() && !kinds.contains(Kind.NUMBER)) {
        findings.add(
            ORDER_WITHOUT_NUMBERS,
            where,
            "Workers are ordered by numbers only, but " + shown(path) + was(kinds),
            path);
      }
    }
  }

  private void unknownBelow(String where, Path path) {
    var words = path.root().equals("task") ? tasks : workers;
    if (isUnknown(words, path, 1)) {
      unknown(where, path, path.root(), words, 1, path.root() + ".");
    }
  }

  private static boolean isUnknown(Vocabulary words, Path path, int first) {
    return words.isTold()
        && words.kinds(path.steps().subList(first, path.steps().size())).isEmpty();
  }

  private void unknown(
      String where, Path path, String owner, Vocabulary words, int first, String prefix) {
    var nearest = words.nearest(path.steps().subList(first, path.steps().size()));
    findings.add(
        ATTRIBUTE_UNKNOWN,
        where,
        "No "
            + owner
            + " has ever had "
            + shown(path)
            + nearest.map(name -> "; the nearest known name is " + prefix + name).orElse(""),
        path);
  }

  private void misnamed(String where, Path path, String rule) {
    findings.add(PREFIX_WRONG, where, shown(path) + " never has a value here: " + rule, path);
  }

  /** What to write in place of a name without a prefix, if only one of the two has it. */
  private String prefixed(Path path) {
    boolean task = !tasks.kinds(path.steps()).isEmpty();
    boolean worker = !workers.kinds(path.steps()).isEmpty();
    return task == worker ? "" : ", so write " + (task ? "task." : "worker.") + shown(path);
  }

  private Set<Kind> kindsInTarget(Path path) {
    return switch (path.root()) {
      case "task" -> kinds(tasks, path, 1);
      case "worker" -> kinds(workers, path, 1);
      default -> ANYTHING;
    };
  }

  /** Everything if nothing is known: then there is nothing to say. */
  private static Set<Kind> kinds(Vocabulary words, Path path, int first) {
    var kinds = words.kinds(path.steps().subList(first, path.steps().size()));
    return kinds.isEmpty() ? ANYTHING : kinds;
  }

  private void compared(String where, Expression expression, Function<Path, Set<Kind>> kinds) {
    switch (expression) {
      case Constant constant -> {}
      case Not not -> compared(where, not.negated(), kinds);
      case And and -> and.parts().forEach(part -> compared(where, part, kinds));
      case Or or -> or.parts().forEach(part -> compared(where, part, kinds));
      case Comparison comparison -> compare(where, comparison, kinds);
    }
  }

  private void compare(String where, Comparison comparison, Function<Path, Set<Kind>> kinds) {
    var left = kinds(comparison.left(), kinds);
    var right = kinds(comparison.right(), kinds);
    boolean may =
        left.stream()
            .anyMatch(a -> right.stream().anyMatch(b -> Kind.mayHold(comparison.operator(), a, b)));
    var paths = comparison.paths();
    if (!may && !paths.isEmpty()) {
      findings.add(
          COMPARISON_NEVER_HOLDS,
          where,
          paths.stream()
              .map(path -> shown(path) + was(kinds.apply(path)))
              .collect(
                  Collectors.joining(
                      " and ", shown(comparison.canonical()) + " can never hold, for ", "")),
          paths.iterator().next());
    }
  }

  /** An attribute may always be missing as well. */
  private static Set<Kind> kinds(Operand operand, Function<Path, Set<Kind>> kinds) {
    return switch (operand) {
      case Literal literal -> Set.of(Kind.of(literal.value()));
      case ListOf array -> Set.of(Kind.ARRAY);
      case Attribute attribute ->
          Stream.concat(kinds.apply(attribute.path()).stream(), Stream.of(Kind.NULL))
              .collect(Collectors.toSet());
    };
  }

  private static String was(Set<Kind> kinds) {
    return kinds.stream()
        .sorted()
        .map(Kind::words)
        .distinct()
        .collect(Collectors.joining(" or ", " was always ", " so far"));
  }

  private static String shown(Object text) {
    return Values.shown(text.toString(), SHOWN);
  }
}
