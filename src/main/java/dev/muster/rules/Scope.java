package dev.muster.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an expression reads its values. */
@FunctionalInterface
public interface Scope {

  /** The value in its normal form, or null if there is none. */
  @Nullable Object value(Path path);

  /** Whether this scope is the one that decides the value, even if it is null, now and later. */
  default boolean knows(Path path) {
    return true;
  }

  /**
   * This scope, and {@code other} for what this one does not know: {@code task.and(worker)} for
   * target expressions.
   */
  default Scope and(Scope other) {
    return new Scopes.Joined(this, other);
  }

  /** Knows nothing. {@code expression.given(Scope.NOTHING)} simplifies constant parts. */
  Scope NOTHING = new Scopes.Nothing();

  /**
   * Names without a prefix: a filter over a task, {@code target_workers} over a worker. Built-in
   * values win over attributes; the worker list's filter gives {@code sid}, {@code friendly_name},
   * {@code activity_sid} and {@code activity_name}.
   */
  static Scope unprefixed(Attributes attributes, BuiltIns builtIns) {
    return new Scopes.Unprefixed(attributes, builtIns);
  }

  /**
   * Names below {@code task}. Built-in values ({@code sid}, {@code priority}, {@code age} in
   * seconds) win over attributes. The age changes by itself: unless it is a built-in value, {@code
   * task.age} is null, never an attribute, and not known.
   */
  static Scope task(Attributes attributes, BuiltIns builtIns) {
    return new Scopes.Prefixed("task", "age", attributes, builtIns);
  }

  /**
   * Names below {@code worker}. Built-in values win over attributes: {@code sid}, {@code
   * friendly_name}, {@code name}, {@code activity_sid}, {@code activity_name}, {@code
   * channel.<unique_name>.configured_capacity} and so on.
   */
  static Scope worker(Attributes attributes, BuiltIns builtIns) {
    return new Scopes.Prefixed("worker", "", attributes, builtIns);
  }

  /**
   * The counts that {@code skip_if} reads: {@code workers.available}, {@code workers.unavailable},
   * and {@code workers.WA…} for each activity by its sid. An activity without workers counts 0.
   */
  static Scope workers(int available, int unavailable, Map<String, Integer> byActivitySid) {
    BuiltIns counts =
        name ->
            switch (name) {
              case "available" -> available;
              case "unavailable" -> unavailable;
              default -> name.startsWith("WA") ? byActivitySid.getOrDefault(name, 0) : null;
            };
    return new Scopes.Prefixed("workers", "", Attributes.EMPTY, counts);
  }

  /**
   * Values that are not attributes, by what follows the prefix; null for a name that is none of
   * them.
   */
  @FunctionalInterface
  interface BuiltIns {

    BuiltIns NONE = name -> null;

    /** A JSON value, numbers in any Java type. */
    @Nullable Object value(String name);

    static BuiltIns of(Map<String, ?> values) {
      return values::get;
    }

    /** These, and {@code other} for names that are none of them. */
    default BuiltIns or(BuiltIns other) {
      return name -> {
        var value = value(name);
        return value == null ? other.value(name) : value;
      };
    }
  }
}
