package dev.muster.table;

import dev.muster.rules.Operand.Literal;
import dev.muster.rules.Operator;
import dev.muster.table.CellText.Quoted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values in the cells of a condition.
 *
 * <table>
 *   <caption>What a cell means</caption>
 *   <tr><td>{@code 5}, {@code -0.5}</td><td>a number: digits, a point, no leading zeros</td></tr>
 *   <tr><td>{@code TRUE}, {@code false}</td><td>yes or no</td></tr>
 *   <tr><td>{@code NULL}</td><td>no value</td></tr>
 *   <tr><td>{@code "5"}, {@code "a; b"}</td><td>text, whatever it looks like</td></tr>
 *   <tr><td>{@code voice}, {@code 007}</td><td>text, for it is nothing of the above</td></tr>
 *   <tr><td>{@code a; b; 5}, {@code []}</td><td>below {@code IN}: a list of such values</td></tr>
 * </table>
 */
final class Literals {

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
  private static final Pattern ALMOST_NUMBER =
      Pattern.compile("[-+]?[0-9.,'\\s]*[0-9][0-9.,'\\s]*");

  private Literals() {}

  /** The cell's value, as the expression language writes it. */
  static String read(String cell, Operator operator, Place place) {
    var items = items(cell.strip(), place);
    var values = items.stream().map(item -> value(item, operator, place)).toList();
    if (operator == Operator.IN) {
      return "[" + String.join(", ", values) + "]";
    }
    if (values.size() != 1 || cell.strip().startsWith("[")) {
      throw new TableError(
          place,
          "one value, for only IN takes a list (put text with a semicolon or a bracket in quotes),",
          TableError.quote(cell));
    }
    return values.getFirst();
  }

  /** The cell that says this value, or null if none can. */
  static @Nullable String write(@Nullable Object value, Operator operator) {
    if (operator != Operator.IN) {
      return item(value);
    }
    if (!(value instanceof List<?> list) || list.stream().anyMatch(List.class::isInstance)) {
      return null;
    }
    var items = list.stream().map(Literals::item).collect(Collectors.joining("; "));
    return items.isEmpty() || CellText.startsFormula(items) ? "[" + items + "]" : items;
  }

  private static @Nullable String item(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Boolean flag -> flag.toString().toUpperCase(Locale.ROOT);
      case BigDecimal number -> number.toPlainString();
      case String text -> isPlain(text) ? text : CellText.quote(text);
      default -> null;
    };
  }

  /** Text that no rule above, and no spreadsheet, takes for something else. */
  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && text.codePoints().noneMatch(Character::isISOControl)
        && text.indexOf(';') < 0
        && !isWord(text)
        && "\"[0123456789.,'".indexOf(text.charAt(0)) < 0
        && CellText.isSafe(text);
  }

  private static List<String> items(String cell, Place place) {
    boolean bracketed = cell.startsWith("[");
    if (bracketed && !cell.endsWith("]")) {
      throw new TableError(place, "a closing ']'", TableError.quote(cell));
    }
    var list = bracketed ? cell.substring(1, cell.length() - 1).strip() : cell;
    if (bracketed && list.isEmpty()) {
      return List.of();
    }
    var items = new ArrayList<String>();
    int start = 0;
    while (start <= list.length()) {
      int end = end(list, start, place);
      items.add(list.substring(start, end).strip());
      start = end + 1;
    }
    return items;
  }

  /** Where the item that starts here ends: at the next semicolon that is not in quotes. */
  private static int end(String list, int start, Place place) {
    int first = start;
    while (first < list.length() && Character.isWhitespace(list.charAt(first))) {
      first++;
    }
    int after = first;
    if (first < list.length() && list.charAt(first) == '"') {
      var quoted = Quoted.at(list, first);
      if (quoted == null) {
        throw new TableError(place, "a closing quote", TableError.quote(list));
      }
      after = quoted.end();
    }
    int semicolon = list.indexOf(';', after);
    return semicolon < 0 ? list.length() : semicolon;
  }

  private static String value(String item, Operator operator, Place place) {
    if (item.isEmpty()) {
      throw new TableError(place, "a value between two semicolons", "nothing");
    }
    if (item.startsWith("\"")) {
      var quoted = Quoted.at(item, 0);
      if (quoted == null || quoted.end() != item.length()) {
        throw new TableError(place, "nothing after a closing quote", TableError.quote(item));
      }
      return new Literal(quoted.text()).canonical();
    }
    if (isWord(item)) {
      return item.toUpperCase(Locale.ROOT);
    }
    if (NUMBER.matcher(item).matches()) {
      return item;
    }
    if (isOrder(operator) && ALMOST_NUMBER.matcher(item).matches()) {
      throw new TableError(
          place, "a number such as 1000.5, or text in quotes,", TableError.quote(item));
    }
    return new Literal(item).canonical();
  }

  private static boolean isWord(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRUE", "FALSE", "NULL" -> true;
      default -> false;
    };
  }

  private static boolean isOrder(Operator operator) {
    return switch (operator) {
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
      case EQUAL, NOT_EQUAL, CONTAINS, HAS, IN -> false;
    };
  }
}
