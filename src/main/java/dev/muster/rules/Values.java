package dev.muster.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of the language: their one normal form, how they compare, and their text. */
final class Values {

  /**
   * Longest number, as written in JSON, in an expression or in a string that is compared with a
   * number.
   */
  static final int MAX_NUMBER_LENGTH = 100;

  private static final int MAX_SCALE = 1_000;

  private Values() {}

  /**
   * The value in its normal form: numbers exact and without trailing zeros, collections
   * unmodifiable and normal inside.
   *
   * @throws IllegalArgumentException if it is of another kind than JSON knows, or a number beyond
   *     1e±1000
   */
  static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case BigDecimal number -> number(number);
      case BigInteger number -> number(new BigDecimal(number));
      case Integer number -> number(BigDecimal.valueOf(number));
      case Long number -> number(BigDecimal.valueOf(number));
      case Double number -> number(BigDecimal.valueOf(number));
      case Map<?, ?> object -> object(object);
      case Collection<?> array -> array(array);
      default ->
          throw new IllegalArgumentException(
              "Expected a JSON value, but got " + value.getClass().getName());
    };
  }

  /**
   * The number without trailing zeros, so that equal numbers are equal objects; there is one zero.
   */
  static BigDecimal number(BigDecimal number) {
    var stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (Math.abs((long) stripped.scale()) > MAX_SCALE) {
      throw new IllegalArgumentException(
          "Expected numbers between 1e-1000 and 1e1000, but got one with the exponent "
              + -(long) stripped.scale());
    }
    return stripped;
  }

  /**
   * The number that this value is when the other side of a comparison is a number: itself, or a
   * string of the form {@code -?digits[.digits]}. Null for everything else; note that neither
   * {@code " 5"} nor {@code "+5"} nor {@code "5e0"} is one.
   */
  static @Nullable BigDecimal asNumber(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    return value instanceof String text && isNumeric(text) ? number(new BigDecimal(text)) : null;
  }

  static boolean isNumeric(String text) {
    int length = text.length();
    int digits = text.startsWith("-") ? 1 : 0;
    if (length == digits || length > MAX_NUMBER_LENGTH) {
      return false;
    }
    int point = -1;
    for (int at = digits; at < length; at++) {
      char c = text.charAt(at);
      if (c == '.' && point < 0 && at > digits && at < length - 1) {
        point = at;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** Equality of null and scalars; arrays and objects are equal to nothing. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    // In the order of what is common, for this is asked more often than anything else.
    if (left instanceof String text) {
      return right instanceof String other ? text.equals(other) : equalNumber(right, text);
    }
    if (left instanceof BigDecimal number) {
      return right instanceof String text ? equalNumber(number, text) : number.equals(right);
    }
    return left instanceof Boolean ? left.equals(right) : left == null && right == null;
  }

  private static boolean equalNumber(@Nullable Object number, String text) {
    return number instanceof BigDecimal && number.equals(asNumber(text));
  }

  /** Array or object: what scalar operators are false for. */
  static boolean isComposite(@Nullable Object value) {
    return value instanceof Collection || value instanceof Map;
  }

  /**
   * Negative, zero or positive; null if the two have no order. Strings by UTF-16 unit, else
   * numbers.
   */
  static @Nullable Integer order(@Nullable Object left, @Nullable Object right) {
    if (left instanceof String a && right instanceof String b) {
      return Integer.signum(a.compareTo(b));
    }
    var a = asNumber(left);
    var b = a == null ? null : asNumber(right);
    return a == null || b == null ? null : a.compareTo(b);
  }

  static boolean contains(@Nullable Object whole, @Nullable Object part) {
    var a = asText(whole);
    var b = a == null ? null : asText(part);
    return a != null && b != null && a.contains(b);
  }

  static boolean has(@Nullable Object array, @Nullable Object element) {
    if (array instanceof List<?> elements) {
      for (int at = 0; at < elements.size(); at++) {
        if (equal(elements.get(at), element)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Text that is the same for equal values only, and reads back as the value if it is a literal of
   * the language.
   */
  static String canonical(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case BigDecimal number -> number.toPlainString();
      case Collection<?> array ->
          array.stream().map(Values::canonical).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> object ->
          new TreeMap<>(object)
              .entrySet().stream()
                  .map(entry -> canonical(entry.getKey()) + ": " + canonical(entry.getValue()))
                  .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }

  /** The text for a message: only its start if it is longer than {@code most}. */
  static String shown(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  private static @Nullable String asText(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case BigDecimal number -> number.toPlainString();
      case null -> null;
      default -> null;
    };
  }

  private static Object array(Collection<?> array) {
    var copy = new ArrayList<@Nullable Object>(array.size());
    array.forEach(element -> copy.add(normal(element)));
    return Collections.unmodifiableList(copy);
  }

  private static Object object(Map<?, ?> object) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    object.forEach((name, value) -> copy.put((String) name, normal(value)));
    return Collections.unmodifiableMap(copy);
  }
}
