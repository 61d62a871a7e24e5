package dev.muster.rules;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Expression.Not;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Instruction.Target;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.Literal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks whether present workers could serve a step for at least one task. */
final class Staffing {

  /** These are never attributes. */
  private static final Set<String> BUILT_IN = Set.of("sid", "priority", "age");

  private final World world;
  private final Map<String, Boolean> served = new HashMap<>();

  Staffing(World world) {
    this.world = world;
  }

  /**
   * Whether the step may find a worker. What depends on the task counts as fulfilled, unless the
   * filter fixes it.
   *
   * @param filter what holds for every task in the step, or null if nothing is known
   */
  boolean mayServe(@Nullable Expression filter, Target target) {
    var expression = target.expression() == null ? new Constant(true) : target.expression();
    var folded = filter == null ? expression : expression.given(fixed(filter));
    var asked = atBest(folded, true).given(Scope.NOTHING);
    if (asked instanceof Constant constant && !constant.value()) {
      return false;
    }
    return world.outlook(target.queue()).queues().stream().anyMatch(queue -> serves(queue, asked));
  }

  private boolean serves(String queue, Expression asked) {
    return served.computeIfAbsent(
        queue + " " + asked.canonical(), unseen -> world.servedBy().test(queue, asked));
  }

  /** The expression, with all that does not depend on the worker alone as one would wish it. */
  private static Expression atBest(Expression expression, boolean wish) {
    return switch (expression) {
      case Constant constant -> constant;
      case Not not -> new Not(atBest(not.negated(), !wish));
      case And and -> new And(and.parts().stream().map(part -> atBest(part, wish)).toList());
      case Or or -> new Or(or.parts().stream().map(part -> atBest(part, wish)).toList());
      case Comparison comparison ->
          comparison.paths().stream().allMatch(path -> path.root().equals("worker"))
              ? comparison
              : new Constant(wish);
    };
  }

  /** The values that a task must have exactly if the filter holds for it. */
  private static Scope fixed(Expression filter) {
    var values = new HashMap<String, Object>();
    for (var part : filter instanceof And and ? and.parts() : List.of(filter)) {
      if (part instanceof Comparison comparison
          && comparison.operator() == Operator.EQUAL
          && comparison.left() instanceof Attribute attribute
          && comparison.right() instanceof Literal literal
          && !BUILT_IN.contains(attribute.path().text())
          && isOneValueOnly(literal.value())) {
        values.put(attribute.path().text(), literal.value());
      }
    }
    return new Fixed(values);
  }

  /** A number is also equal to text. */
  private static boolean isOneValueOnly(@Nullable Object value) {
    return value instanceof Boolean || value instanceof String text && !Values.isNumeric(text);
  }

  private record Fixed(Map<String, Object> values) implements Scope {

    @Override
    public @Nullable Object value(Path path) {
      return values.get(path.tail());
    }

    @Override
    public boolean knows(Path path) {
      return path.root().equals("task") && values.containsKey(path.tail());
    }
  }
}
