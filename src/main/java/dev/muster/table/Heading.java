package dev.muster.table;

import dev.muster.rules.Comparison;
import dev.muster.rules.Expression;
import dev.muster.rules.ExpressionError;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.Literal;
import dev.muster.rules.Operator;
import dev.muster.rules.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a column is for. */
sealed interface Heading {

  /** How it is written. */
  String text();

  /** What a row says besides simple conditions. */
  enum Column implements Heading {
    ROW("row"),
    NAME("name"),
    EXPRESSION("expression"),
    QUEUE("queue"),
    PRIORITY("priority"),
    TIMEOUT("timeout"),
    WORKER_EXPRESSION("worker expression"),
    ORDER_BY("order_by"),
    SKIP_IF("skip_if"),
    KNOWN_WORKER_SID("known_worker_sid"),
    KNOWN_WORKER_FRIENDLY_NAME("known_worker_friendly_name"),
    MORE("more");

    private final String text;

    Column(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }

    /** Its name in a target of the document. */
    String member() {
      return this == WORKER_EXPRESSION ? "expression" : text;
    }

    private static @Nullable Column of(String heading) {
      var text = plain(heading);
      for (var column : values()) {
        if (plain(column.text).equals(text)) {
          return column;
        }
      }
      return null;
    }

    private static String plain(String text) {
      return text.toLowerCase(Locale.ROOT).replaceAll("[_\\s]+", " ").strip();
    }
  }

  /** A comparison of an attribute with the column's cells: {@code skills NOT HAS}. */
  record Condition(Path path, Operator operator, boolean negated) implements Heading {

    @Override
    public String text() {
      return path + (negated ? " NOT " : " ") + operator.sign();
    }

    /** The comparison with a cell's value, in the expression language. */
    String with(String cell, Place place) {
      return text() + " " + Literals.read(cell, operator, place);
    }

    /** The condition that this part of an expression is, whatever the value; null if it is none. */
    static @Nullable Condition of(Expression part) {
      var comparison = comparison(part);
      boolean negated = part instanceof Expression.Not;
      return comparison != null
              && comparison.left() instanceof Attribute attribute
              && comparison.right() instanceof Literal
              && !(negated && !isWord(comparison.operator()))
          ? new Condition(attribute.path(), comparison.operator(), negated)
          : null;
    }

    /** The value that a part of an expression with a condition compares with. */
    static @Nullable Object value(Expression part) {
      var comparison = comparison(part);
      return comparison != null && comparison.right() instanceof Literal literal
          ? literal.value()
          : null;
    }

    private static @Nullable Comparison comparison(Expression part) {
      var inner = part instanceof Expression.Not not ? not.negated() : part;
      return inner instanceof Comparison comparison ? comparison : null;
    }

    private static boolean isWord(Operator operator) {
      return switch (operator) {
        case CONTAINS, HAS, IN -> true;
        case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> false;
      };
    }
  }

  /** Reads a heading: a column's name, or an attribute and an operator of the language. */
  static Heading of(String text, Place place) {
    var column = Column.of(text);
    if (column != null) {
      return column;
    }
    try {
      var condition = Condition.of(Expression.parse(text + " 1"));
      if (condition != null) {
        return condition;
      }
    } catch (ExpressionError notACondition) {
      // Told below, for the error would speak of a text that nobody wrote.
    }
    throw new TableError(
        place,
        "a condition such as `channel ==` or one of " + names() + ",",
        TableError.quote(text));
  }

  private static String names() {
    return Arrays.stream(Column.values()).map(Column::text).collect(Collectors.joining(", "));
  }
}
