package dev.muster.rules;

import org.jspecify.annotations.Nullable;

/**
 * Compares two values. Every operator gives true or false, whatever the values are; there is no
 * third outcome and no error.
 *
 * <p>A missing attribute is null. A number and a numeric string compare as numbers, two strings as
 * text, case-sensitively. A scalar operator is false if either side is an array or an object, with
 * one exception: (in)equality with null only asks whether there is a value, of whatever kind.
 */
public enum Operator {
  /** Equal scalars of one kind, a number and a numeric string of the same value, or two nulls. */
  EQUAL("=="),
  /** Not equal scalars; null and any value. False for an array or object and anything but null. */
  NOT_EQUAL("!="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  /** The text of the left string or number has that of the right in it. */
  CONTAINS("CONTAINS"),
  /** The array on the left has an element {@link #EQUAL} to the scalar or null on the right. */
  HAS("HAS"),
  /** {@link #HAS} with its sides exchanged. */
  IN("IN");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** How it is written. */
  public String sign() {
    return sign;
  }

  boolean test(@Nullable Object left, @Nullable Object right) {
    return switch (this) {
      case EQUAL -> Values.equal(left, right);
      case NOT_EQUAL -> differ(left, right);
      case GREATER -> Values.order(left, right) instanceof Integer order && order > 0;
      case GREATER_OR_EQUAL -> Values.order(left, right) instanceof Integer order && order >= 0;
      case LESS -> Values.order(left, right) instanceof Integer order && order < 0;
      case LESS_OR_EQUAL -> Values.order(left, right) instanceof Integer order && order <= 0;
      case CONTAINS -> Values.contains(left, right);
      case HAS -> Values.has(left, right);
      case IN -> Values.has(right, left);
    };
  }

  /**
   * The operator that says the same with its sides exchanged, or null if the language has none for
   * scalars.
   */
  @Nullable Operator flipped() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case CONTAINS, HAS, IN -> null;
    };
  }

  private static boolean differ(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left != right;
    }
    return !Values.isComposite(left) && !Values.isComposite(right) && !Values.equal(left, right);
  }
}
