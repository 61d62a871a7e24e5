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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that come close to an instruction's filters: each is aimed at one of them, with the values
 * its expression names or others like them (the number as a string, one more, in an array,
 * missing), so that matches and near misses both occur.
 */
final class SyntheticTasks {

  private static final int MAX_INDEX = 20;
  private static final int EXACT = Integer.MAX_VALUE;
  private static final BigDecimal ONE = BigDecimal.ONE;

  /** For attributes that are compared with each other. */
  private static final List<Object> COMMON = List.of("a", "5", ONE, true, List.of("a", ONE));

  /** The values that each path of a filter needs for a comparison to hold, about. */
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
      fill(task, anyAim(), 3);
      fill(task, anyAim(), random.nextBoolean() ? EXACT : 4);
    }
    return Attributes.of(task);
  }

  /**
   * A task that tries to fulfil these two filters, the second perhaps at the cost of the first;
   * exactly, or with some of the values a little different.
   */
  Attributes aimedAt(int first, int second, boolean exactly) {
    var task = new LinkedHashMap<String, @Nullable Object>();
    fill(task, aims.get(first), exactly ? EXACT : 3);
    fill(task, aims.get(second), exactly ? EXACT : 3);
    return Attributes.of(task);
  }

  /** Gives the task what the aim wants, except at one path in {@code precision}. */
  private void fill(Map<String, @Nullable Object> task, Aim aim, int precision) {
    for (var path : aim.paths()) {
      var wanted = anyValue(aim, path);
      var value = random.nextInt(precision) == 0 ? like(wanted) : wanted;
      var steps = path.steps().subList(1, path.steps().size());
      task.put(path.root(), with(task.get(path.root()), steps, value));
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
        var operator = comparison.operator();
        want(comparison.left(), comparison.right(), value -> before(operator, value), values);
        want(comparison.right(), comparison.left(), value -> after(operator, value), values);
      }
    }
  }

  private static void want(
      Operand read,
      Operand other,
      Function<@Nullable Object, List<?>> wanted,
      Map<Path, List<@Nullable Object>> values) {
    var paths = new LinkedHashSet<Path>();
    read.collect(paths);
    for (var path : paths) {
      var list = values.computeIfAbsent(path, unseen -> new ArrayList<>());
      switch (other) {
        case Literal literal -> list.addAll(wanted.apply(literal.value()));
        case Attribute attribute -> list.addAll(COMMON);
        case ListOf array -> list.addAll(COMMON);
      }
    }
  }

  /** Values for which the operator holds if the other value is on its right. */
  private static List<?> before(Operator operator, @Nullable Object right) {
    return switch (operator) {
      case EQUAL, GREATER_OR_EQUAL, LESS_OR_EQUAL -> Collections.singletonList(right);
      case GREATER -> List.of(right instanceof BigDecimal number ? number.add(ONE) : right + "x");
      case LESS -> List.of(right instanceof BigDecimal number ? number.subtract(ONE) : "");
      case NOT_EQUAL, CONTAINS -> List.of("x" + right + "x");
      case HAS -> List.of(Collections.singletonList(right));
      case IN -> right instanceof List<?> array ? array : Collections.singletonList(right);
    };
  }

  /** Values for which the operator holds if the other value is on its left. */
  private static List<?> after(Operator operator, @Nullable Object left) {
    return operator == Operator.IN ? before(Operator.HAS, left) : before(Operator.IN, left);
  }
}
