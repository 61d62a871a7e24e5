package dev.muster.rules;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a value is, as far as operators care. */
public enum Kind {
  /** JSON's null, and what is missing. */
  NULL,
  BOOLEAN,
  NUMBER,
  /** A string of the form of a number, which compares as one with numbers. */
  NUMERIC_TEXT,
  TEXT,
  ARRAY,
  OBJECT;

  /** The kind of a JSON value, numbers in any Java type. */
  public static Kind of(@Nullable Object value) {
    return switch (Values.normal(value)) {
      case null -> NULL;
      case Boolean flag -> BOOLEAN;
      case BigDecimal number -> NUMBER;
      case String text -> Values.isNumeric(text) ? NUMERIC_TEXT : TEXT;
      case List<?> array -> ARRAY;
      default -> OBJECT;
    };
  }

  /**
   * Every path of these tasks or workers with the kinds of its values: {@code level}, {@code
   * customer.tier}. The elements of an array are one path: {@code phones[].type}.
   */
  public static Map<String, Set<Kind>> seen(Stream<Attributes> all) {
    var seen = new TreeMap<String, Set<Kind>>();
    all.forEach(
        attributes -> attributes.members().forEach((name, value) -> see(name, value, seen)));
    return seen;
  }

  private static void see(Object path, @Nullable Object value, Map<String, Set<Kind>> seen) {
    seen.computeIfAbsent((String) path, unseen -> EnumSet.noneOf(Kind.class)).add(of(value));
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, member) -> see(path + "." + name, member, seen));
    } else if (value instanceof List<?> array) {
      array.forEach(element -> see(path + "[]", element, seen));
    }
  }

  /** For a sentence: "was always a number". */
  String words() {
    return switch (this) {
      case NULL -> "null";
      case BOOLEAN -> "true or false";
      case NUMBER, NUMERIC_TEXT -> "a number";
      case TEXT -> "text";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
    };
  }

  /**
   * Whether the operator can hold for a value of kind {@code left} and one of kind {@code right}.
   */
  static boolean mayHold(Operator operator, Kind left, Kind right) {
    return switch (operator) {
      case EQUAL -> left == NULL && right == NULL || left.isLike(right);
      case NOT_EQUAL -> (left == NULL) != (right == NULL) || left.isScalar() && right.isScalar();
      case GREATER, LESS, GREATER_OR_EQUAL, LESS_OR_EQUAL -> left != BOOLEAN && left.isLike(right);
      case CONTAINS -> left.isTextual() && right.isTextual();
      case HAS -> left == ARRAY && (right.isScalar() || right == NULL);
      case IN -> right == ARRAY && (left.isScalar() || left == NULL);
    };
  }

  private boolean isLike(Kind other) {
    return switch (this) {
      case NULL, ARRAY, OBJECT -> false;
      case BOOLEAN -> other == BOOLEAN;
      case NUMBER -> other == NUMBER || other == NUMERIC_TEXT;
      case NUMERIC_TEXT -> other.isTextual();
      case TEXT -> other == TEXT || other == NUMERIC_TEXT;
    };
  }

  private boolean isTextual() {
    return this == NUMBER || this == NUMERIC_TEXT || this == TEXT;
  }

  private boolean isScalar() {
    return this == BOOLEAN || isTextual();
  }
}
