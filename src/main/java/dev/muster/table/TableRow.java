package dev.muster.table;

import dev.muster.rules.Expression;
import dev.muster.rules.ExpressionError;
import dev.muster.table.Grid.Line;
import dev.muster.table.Heading.Column;
import dev.muster.table.Heading.Condition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row, under the table's headings.
 *
 * @param columns the columns that have a heading
 */
record TableRow(Grid grid, Line line, Map<Integer, Heading> columns) {

  static final String ALWAYS = "1==1";

  /** The columns that describe a target. */
  static final Set<Column> TARGET = EnumSet.range(Column.QUEUE, Column.KNOWN_WORKER_FRIENDLY_NAME);

  /** What a row describes. */
  enum Kind {
    /** A filter and its first target. */
    FILTER,
    /** A further target of the filter above. */
    TARGET,
    /** The target of tasks that no filter wants. */
    DEFAULT,
    /** Members of the document itself that are no columns. */
    DOCUMENT
  }

  /**
   * What the column {@code row} says; a row that says nothing is a filter if it has a condition.
   */
  Kind kind() {
    var kind = text(Column.ROW);
    if (kind == null) {
      return text(Column.NAME) == null && parts().isEmpty() ? Kind.TARGET : Kind.FILTER;
    }
    try {
      return Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new TableError(
          place(Column.ROW),
          "filter, target, default, document or nothing",
          TableError.quote(kind));
    }
  }

  /** The text of a column; null if there is none. */
  @Nullable String text(Column column) {
    var at = at(column);
    var cell = at == null ? "" : line.cell(at);
    return cell.isBlank() ? null : CellText.read(cell);
  }

  /** The place of a column's cell, or of the row's first if the table has no such column. */
  Place place(Heading heading) {
    return grid.place(line, Objects.requireNonNullElse(at(heading), 0));
  }

  /** The place of the row's expression, or of its first condition. */
  Place placeOfExpression() {
    if (at(Column.EXPRESSION) != null) {
      return place(Column.EXPRESSION);
    }
    return columns.values().stream()
        .filter(Condition.class::isInstance)
        .findFirst()
        .map(this::place)
        .orElse(grid.place(line, 0));
  }

  private @Nullable Integer at(Heading heading) {
    for (var column : columns.entrySet()) {
      if (column.getValue().equals(heading)) {
        return column.getKey();
      }
    }
    return null;
  }

  /** All conditions of the row, joined by AND in the order of the columns. */
  String expression() {
    var parts = parts();
    return parts.isEmpty() ? ALWAYS : join(parts);
  }

  /** Joins conditions; one that says OR is put in brackets unless it stands alone. */
  static String join(List<String> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : String.join(" AND ", parts.stream().map(TableRow::bracketed).toList());
  }

  private static String bracketed(String part) {
    return Expression.parse(part) instanceof Expression.Or ? "(" + part + ")" : part;
  }

  private List<String> parts() {
    var parts = new ArrayList<String>();
    columns.forEach(
        (column, heading) -> {
          var cell = line.cell(column);
          if (!cell.isBlank()) {
            part(heading, cell, grid.place(line, column), parts);
          }
        });
    return parts;
  }

  private static void part(Heading heading, String cell, Place place, List<String> parts) {
    var part =
        switch (heading) {
          case Condition condition -> condition.with(cell, place);
          case Column column -> column == Column.EXPRESSION ? CellText.read(cell) : null;
        };
    if (part == null) {
      return;
    }
    try {
      Expression.parse(part);
    } catch (ExpressionError error) {
      throw new TableError(error.getMessage() + " (" + place + ")");
    }
    parts.add(part);
  }

  /** Adds what the row says about a target. */
  void describeTarget(ObjectNode target) {
    for (var column : TARGET) {
      var text = text(column);
      if (text == null) {
        continue;
      }
      boolean number = column == Column.PRIORITY || column == Column.TIMEOUT;
      if (number && text.matches("[0-9]{1,18}")) {
        target.put(column.member(), new BigDecimal(text));
      } else {
        target.put(column.member(), text);
      }
    }
  }

  /** Adds members of the column {@code more}: those that it has under this name. */
  void describeMore(String under, ObjectNode node) {
    var more = more();
    var members = more == null ? null : more.get(under);
    if (members == null) {
      return;
    }
    if (!(members instanceof ObjectNode object)) {
      throw new TableError(
          place(Column.MORE), "'" + under + "' to be an object", members.toString());
    }
    for (var member : object.properties()) {
      if (node.has(member.getKey())) {
        throw new TableError(
            place(Column.MORE),
            "only names that the row does not say otherwise",
            TableError.quote(member.getKey()));
      }
      node.set(member.getKey(), member.getValue());
    }
  }

  private @Nullable ObjectNode more() {
    var text = text(Column.MORE);
    if (text == null) {
      return null;
    }
    var more = Documents.object(text);
    if (more == null) {
      throw new TableError(place(Column.MORE), "a JSON object", TableError.quote(text));
    }
    return more;
  }

  /** Refuses cells that have no meaning in a row of this kind. */
  void expectOnly(Kind kind, Set<Column> allowed) {
    columns.forEach(
        (column, heading) -> {
          var cell = line.cell(column);
          if (!cell.isBlank() && heading != Column.ROW && !allowed.contains(heading)) {
            throw new TableError(
                grid.place(line, column),
                "no %s, for it means nothing in a %s row,"
                    .formatted(heading.text(), kind.name().toLowerCase(Locale.ROOT)),
                TableError.quote(cell));
          }
        });
  }

  /** Refuses a column {@code more} that says something under other names. */
  void expectOnlyMore(Set<String> names) {
    var more = more();
    if (more != null && !names.containsAll(more.propertyNames())) {
      throw new TableError(
          place(Column.MORE),
          "an object with no other names than " + names.stream().sorted().toList(),
          TableError.quote(more.toString()));
    }
  }
}
