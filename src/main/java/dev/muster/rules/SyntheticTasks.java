package dev.muster.rules;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Expression.Not;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.ListOf;
import dev.muster.rules.Operand.Literal;
import dev.muster.rules.Path.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that come close to an instruction's filters: each is aimed at one of them, with the values
 * its expression names or others like them (the number as a string, one more, in an array,
 * missing), so that matches and near misses both occur.
 */
final class SyntheticTasks {

  private static final int MAX_INDEX = 20;
  private static final BigDecimal ONE = BigDecimal.ONE;

  /** For attributes that are compared with each other. */
  private static final List<Object> COMMON = List.of("a", "5", ONE, true, List.of("a", ONE));

  /** The values that each path of a filter is compared with. */
  private record Aim(List<Path> paths, Map<Path, List<@Nullable Object>> values) {}

  private final List<Aim> aims;
  private final Random random;

  SyntheticTasks(Instruction instruction, long seed) {
    this.random = new Random(seed);
    this.aims = instruction.filters().stream().map(filter -> aim(filter.expression())).toList();
  }

  Attributes next() {
    var task = new LinkedHashMap<String, @Nullable Object>();
    if (!aims.isEmpty()) {
      fill(task, anyAim(), 0.3);
      fill(task, anyAim(), 0.95);
    }
    return Attributes.of(task);
  }

  private void fill(Map<String, @Nullable Object> task, Aim aim, double share) {
    for (var path : aim.paths()) {
      if (random.nextDouble() < share) {
        var value = anyValue(aim, path);
        var steps = path.steps().subList(1, path.steps().size());
        var root = task.get(path.root());
        task.put(path.root(), with(root, steps, random.nextInt(3) == 0 ? like(value) : value));
      }
    }
  }

  private Aim anyAim() {
    return aims.get(random.nextInt(aims.size()));
  }

  private @Nullable Object anyValue(Aim aim, Path path) {
    var values = aim.values().getOrDefault(path, List.of());
    return values.isEmpty() ? null : values.get(random.nextInt(values.size()));
  }

  private @Nullable Object like(@Nullable Object value) {
    return switch (random.nextInt(7)) {
      case 0 -> null;
      case 1 -> value == null ? List.of() : List.of(value);
      case 2 -> random.nextBoolean();
      case 3 -> value instanceof BigDecimal number ? number.add(ONE) : value + "x";
      case 4 -> value instanceof BigDecimal number ? number.subtract(ONE) : "x" + value;
      case 5 -> value instanceof BigDecimal number ? number.toPlainString() + ".0" : "";
      default ->
          value instanceof BigDecimal number ? number.toPlainString() : Values.asNumber(value);
    };
  }

  /**
   * The container with the value at the end of the steps; what is of another shape on the way is
   * replaced.
   */
  private static @Nullable Object with(
      @Nullable Object container, List<Step> steps, @Nullable Object value) {
    if (steps.isEmpty()) {
      return value;
    }
    var rest = steps.subList(1, steps.size());
    return switch (steps.getFirst()) {
      case Step.Name step -> {
        var object =
            new LinkedHashMap<Object, @Nullable Object>(
                container instanceof Map<?, ?> old ? old : Map.of());
        object.put(step.name(), with(object.get(step.name()), rest, value));
        yield object;
      }
      case Step.Index step -> {
        var array =
            new ArrayList<@Nullable Object>(container instanceof List<?> old ? old : List.of());
        int at = Math.min(step.index(), MAX_INDEX);
        while (array.size() <= at) {
          array.add(null);
        }
        array.set(at, with(array.get(at), rest, value));
        yield array;
      }
    };
  }

  private static Aim aim(Expression expression) {
    var values = new LinkedHashMap<Path, List<@Nullable Object>>();
    collect(expression, values);
    return new Aim(List.copyOf(values.keySet()), values);
  }

  private static void collect(Expression expression, Map<Path, List<@Nullable Object>> values) {
    switch (expression) {
      case Constant constant -> {}
      case Not not -> collect(not.negated(), values);
      case And and -> and.parts().forEach(part -> collect(part, values));
      case Or or -> or.parts().forEach(part -> collect(part, values));
      case Comparison comparison -> {
        pair(comparison.left(), comparison.right(), values);
        pair(comparison.right(), comparison.left(), values);
      }
    }
  }

  private static void pair(Operand read, Operand other, Map<Path, List<@Nullable Object>> values) {
    var paths = new LinkedHashSet<Path>();
    read.collect(paths);
    for (var path : paths) {
      var seen = values.computeIfAbsent(path, unseen -> new ArrayList<>());
      switch (other) {
        case Literal literal -> {
          var value = literal.value();
          seen.add(value);
          seen.addAll(value instanceof List<?> array ? array : Collections.singletonList(value));
          seen.add(Collections.singletonList(value));
        }
        case Attribute attribute -> seen.addAll(COMMON);
        case ListOf list -> seen.addAll(COMMON);
      }
    }
  }
}
