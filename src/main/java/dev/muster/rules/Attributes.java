package dev.muster.rules;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that describes a task or a worker. As a {@link Scope} it answers names without a
 * prefix.
 *
 * <p>Numbers are kept exactly, whatever their length, and without the way they were written: {@code
 * 5}, {@code 5.0} and {@code 50e-1} are one number, {@code -0} is {@code 0}, also inside arrays.
 * Two sids written as 18-digit numbers stay two.
 */
public final class Attributes implements Scope {

  /** The wire format's limit, in UTF-16 units. */
  public static final int MAX_LENGTH = 4_096;

  public static final Attributes EMPTY = new Attributes(Map.of());

  private final Map<?, ?> values;

  private Attributes(Map<?, ?> values) {
    this.values = values;
  }

  /**
   * Reads a JSON object.
   *
   * @throws AttributesError if it is none, is longer than {@link #MAX_LENGTH}, nests deeper than
   *     64, has a name twice in one object, or a number of more than 100 characters or beyond
   *     1e±1000
   */
  public static Attributes parse(String json) {
    return parse(json, MAX_LENGTH);
  }

  /** As {@link #parse(String)}, with another limit. */
  public static Attributes parse(String json, int maxLength) {
    var expected = "Expected a JSON object of at most " + maxLength + " characters, but got ";
    if (json.length() > maxLength) {
      throw new AttributesError(expected + json.length() + " characters");
    }
    try {
      return new Attributes(Json.object(json));
    } catch (Json.Refusal refusal) {
      var at = refusal.position();
      throw new AttributesError(expected + refusal.getMessage() + (at == null ? "" : " at " + at));
    }
  }

  /**
   * The attributes with these names (strings) and JSON values, numbers in any Java type.
   *
   * @throws IllegalArgumentException if a value is of no JSON kind
   */
  public static Attributes of(Map<?, ?> values) {
    return Values.normal(values) instanceof Map<?, ?> normal ? new Attributes(normal) : EMPTY;
  }

  @Override
  public @Nullable Object value(Path path) {
    return path.from(0, values);
  }

  Map<?, ?> members() {
    return values;
  }

  /** What stands at the path without its first step; empty if nothing does, not even null. */
  public Optional<Kind> kindBelow(Path path) {
    return !path.tail().isEmpty() && path.leadsSomewhere(1, values)
        ? Optional.of(Kind.of(below(path)))
        : Optional.empty();
  }

  /** The value at the path without its first step. */
  @Nullable Object below(Path path) {
    return path.from(1, values);
  }

  /**
   * The attributes as normalised JSON text: equal for equal attributes, whatever the order of names
   * was.
   */
  public String canonical() {
    return Values.canonical(values);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes attributes && values.equals(attributes.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Attributes are personal data; their text is not for logs. */
  @Override
  public String toString() {
    return "Attributes[" + values.size() + "]";
  }
}
