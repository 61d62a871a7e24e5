package dev.muster.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value inside a JSON object: {@code customer.phones[0].type}. Two paths are equal if
 * their steps are.
 */
public final class Path {

  /** One step down: to a member of an object, or to an element of an array, counted from 0. */
  public sealed interface Step {
    record Name(String name) implements Step {}

    record Index(int index) implements Step {}
  }

  private final List<Step> steps;
  private final Object[] keys;
  private final String text;
  private final String root;
  private final String tail;
  private final int slot;

  Path(List<Step> steps) {
    this(steps, -1);
  }

  private Path(List<Step> steps, int slot) {
    this.slot = slot;
    this.steps = List.copyOf(steps);
    this.keys = steps.stream().map(Path::key).toArray();
    this.root = text(steps.subList(0, 1));
    this.text = text(steps);
    this.tail = text(steps.subList(1, steps.size()));
  }

  /**
   * Reads one path and nothing else.
   *
   * @throws ExpressionError if the text is something else
   */
  public static Path parse(String text) {
    var parser = new ExpressionParser(text);
    var path = parser.path();
    parser.end("the end of the path");
    return path;
  }

  /** The steps; the first is a name. */
  public List<Step> steps() {
    return steps;
  }

  /** The path as one writes it. */
  public String text() {
    return text;
  }

  /** The first name: {@code worker} of {@code worker.channel.voice}. */
  public String root() {
    return root;
  }

  /**
   * The text after the first name: {@code channel.voice} of {@code worker.channel.voice}; empty if
   * there is none.
   */
  public String tail() {
    return tail;
  }

  /** An equal path with a number among others, see {@link Slots}. */
  Path at(int number) {
    return new Path(steps, number);
  }

  /** The number, or -1. */
  int slot() {
    return slot;
  }

  /**
   * What lies at the end of the steps from number {@code first} on, or null if the way is not
   * there.
   */
  @Nullable Object from(int first, Object start) {
    Object value = start;
    for (int at = first; at < keys.length && value != null; at++) {
      value = next(value, keys[at]);
    }
    return value;
  }

  /** Whether the steps from number {@code first} on lead to something, be it null. */
  boolean leadsSomewhere(int first, Object start) {
    Object around = start;
    for (int at = first; at < keys.length - 1 && around != null; at++) {
      around = next(around, keys[at]);
    }
    return keys[keys.length - 1] instanceof Integer index
        ? around instanceof List<?> list && index < list.size()
        : around instanceof Map<?, ?> object && object.containsKey(keys[keys.length - 1]);
  }

  private static @Nullable Object next(Object value, Object key) {
    return key instanceof String name ? member(value, name) : element(value, key);
  }

  private static @Nullable Object member(Object container, String name) {
    return container instanceof Map<?, ?> object ? object.get(name) : null;
  }

  private static @Nullable Object element(Object container, Object key) {
    return container instanceof List<?> list && key instanceof Integer index && index < list.size()
        ? list.get(index)
        : null;
  }

  private static Object key(Step step) {
    return switch (step) {
      case Step.Name name -> name.name();
      case Step.Index index -> index.index();
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Path path && text.equals(path.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static String text(List<Step> steps) {
    var text = new StringBuilder();
    for (var step : steps) {
      switch (step) {
        case Step.Name name -> text.append(text.isEmpty() ? "" : ".").append(name.name());
        case Step.Index index -> text.append('[').append(index.index()).append(']');
      }
    }
    return text.toString();
  }
}
