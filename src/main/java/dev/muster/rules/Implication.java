package dev.muster.rules;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Expression.Not;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.Literal;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether one expression holds whenever another does, by simple reasoning. Never says so wrongly;
 * often does not see it. Stops seeing anything when its steps are used up, so that no document can
 * make it run long.
 */
final class Implication {

  private int steps;

  Implication(int steps) {
    this.steps = steps;
  }

  /** True only if {@code b} holds in every scope in which {@code a} holds. */
  boolean holds(Expression a, Expression b) {
    if (--steps < 0) {
      return false;
    }
    if (a.equals(b) || is(a, false) || is(b, true)) {
      return true;
    }
    if (a instanceof Or or) {
      return or.parts().stream().allMatch(part -> holds(part, b));
    }
    if (b instanceof And and) {
      return and.parts().stream().allMatch(part -> holds(a, part));
    }
    if (a instanceof And and && and.parts().stream().anyMatch(part -> holds(part, b))
        || b instanceof Or or && or.parts().stream().anyMatch(part -> holds(a, part))) {
      return true;
    }
    if (a instanceof Not x && b instanceof Not y) {
      return holds(y.negated(), x.negated());
    }
    return a instanceof Comparison x && b instanceof Comparison y && compare(x, y);
  }

  private static boolean is(Expression expression, boolean value) {
    return expression instanceof Constant constant && constant.value() == value;
  }

  private static boolean compare(Comparison a, Comparison b) {
    if (!(a.left() instanceof Attribute attribute)
        || !attribute.equals(b.left())
        || !(a.right() instanceof Literal known)
        || !(b.right() instanceof Literal asked)) {
      return false;
    }
    if (b.operator() == Operator.NOT_EQUAL && asked.value() == null) {
      return needsValue(a.operator(), known.value());
    }
    return switch (a.operator()) {
      case EQUAL -> ofEqual(known.value(), b.operator(), asked.value());
      case IN ->
          known.value() instanceof List<?> array
              && array.stream().allMatch(element -> ofEqual(element, b.operator(), asked.value()));
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          known.value() instanceof BigDecimal bound
              && asked.value() instanceof BigDecimal limit
              && ofBound(a.operator(), bound.compareTo(limit), b.operator());
      case NOT_EQUAL, CONTAINS, HAS -> false;
    };
  }

  /** Whether a comparison with this on its right holds for nothing that is missing. */
  private static boolean needsValue(Operator operator, @Nullable Object right) {
    return switch (operator) {
      case EQUAL -> right != null;
      case NOT_EQUAL -> right == null;
      case IN -> right instanceof List<?> array && !array.contains(null);
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, CONTAINS, HAS -> true;
    };
  }

  /**
   * Whether {@code x operator right} holds for each x that is equal to the value. What is equal to
   * a number may be text in many spellings, so only comparisons with numbers are sure then.
   */
  private static boolean ofEqual(
      @Nullable Object value, Operator operator, @Nullable Object right) {
    return switch (value) {
      case BigDecimal number -> ofNumber(number, operator, right);
      case String text ->
          operator.test(text, right)
              && (!Values.isNumeric(text) || operator.test(Values.asNumber(text), right));
      case List<?> array -> false;
      case null -> operator.test(null, right);
      default -> operator.test(value, right);
    };
  }

  private static boolean ofNumber(BigDecimal number, Operator operator, @Nullable Object right) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          right instanceof BigDecimal && operator.test(number, right);
      case IN -> right instanceof List<?> array && array.contains(number);
      case CONTAINS, HAS -> false;
    };
  }

  /**
   * Whether {@code x a bound} makes {@code x b limit} hold.
   *
   * @param order of bound and limit
   */
  private static boolean ofBound(Operator a, int order, Operator b) {
    boolean above = a == Operator.GREATER || a == Operator.GREATER_OR_EQUAL;
    boolean strict = a == Operator.GREATER || a == Operator.LESS;
    int beyond = above ? order : -order;
    return switch (b) {
      case GREATER -> above && (beyond > 0 || beyond == 0 && strict);
      case LESS -> !above && (beyond > 0 || beyond == 0 && strict);
      case GREATER_OR_EQUAL -> above && beyond >= 0;
      case LESS_OR_EQUAL -> !above && beyond >= 0;
      case NOT_EQUAL -> beyond > 0 || beyond == 0 && strict;
      case EQUAL, CONTAINS, HAS, IN -> false;
    };
  }
}
