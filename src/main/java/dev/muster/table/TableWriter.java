package dev.muster.table;

import dev.muster.rules.Expression;
import dev.muster.rules.ExpressionError;
import dev.muster.rules.Instruction;
import dev.muster.rules.Instruction.Filter;
import dev.muster.rules.Instruction.Target;
import dev.muster.table.ConditionColumns.Split;
import dev.muster.table.Heading.Column;
import dev.muster.table.TableRow.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the table that says what a configuration document says. */
final class TableWriter {

  /** Columns that stand in every table, so that one sees where to write. */
  private static final Set<Column> ALWAYS =
      EnumSet.of(Column.ROW, Column.NAME, Column.QUEUE, Column.PRIORITY, Column.TIMEOUT);

  private static final Set<String> OF_FILTER =
      Set.of("filter_friendly_name", "friendly_name", "friendlyName", "expression", "targets");
  private static final Set<String> OF_TARGET =
      Set.of(
          "queue",
          "task_queue_sid",
          "expression",
          "priority",
          "timeout",
          "order_by",
          "skip_if",
          "known_worker_sid",
          "known_worker_friendly_name");

  private final Instruction instruction;
  private final ObjectNode document;
  private final ConditionColumns conditions;
  private final List<Map<Heading, String>> rows = new ArrayList<>();

  private TableWriter(Instruction instruction, ObjectNode document) {
    this.instruction = instruction;
    this.document = document;
    this.conditions =
        ConditionColumns.of(instruction.filters().stream().map(Filter::expression).toList());
  }

  /**
   * Writes a valid document as a table.
   *
   * @throws TableError if it has more rows or longer texts than a table may have
   */
  static Grid write(@Nullable String sheet, String document) {
    var instruction = Instruction.parse(document);
    var tree = Documents.object(document);
    if (tree == null) {
      throw new TableError("Expected a JSON object, but got " + TableError.quote(document));
    }
    return new TableWriter(instruction, tree).write().grid(sheet);
  }

  private TableWriter write() {
    var routing = (ObjectNode) document.get("task_routing");
    var filters = routing.path("filters");
    for (int filter = 0; filter < instruction.filters().size(); filter++) {
      writeFilter((ObjectNode) filters.get(filter), instruction.filters().get(filter));
    }
    if (instruction.defaultFilter() != null) {
      var row = row(Kind.DEFAULT);
      var rest = writeTarget(row, routing.get("default_filter"), instruction.defaultFilter());
      writeMore(row, Map.of("target", rest));
    }
    var row = new HashMap<Heading, String>();
    row.put(Column.ROW, word(Kind.DOCUMENT));
    writeMore(
        row,
        Map.of(
            "document",
            Documents.without(document, Set.of("task_routing"), Set.of()),
            "task_routing",
            Documents.without(routing, Set.of("filters", "default_filter"), Set.of())));
    if (row.containsKey(Column.MORE)) {
      rows.add(row);
    }
    return this;
  }

  private void writeFilter(ObjectNode node, Filter filter) {
    var row = new HashMap<Heading, String>();
    rows.add(row);
    var told = new HashSet<>(Set.of("expression", "targets"));
    var name = Documents.first(node, "filter_friendly_name", "friendly_name", "friendlyName");
    if (name != null) {
      told.add(name);
      row.put(Column.NAME, CellText.write(node.get(name).asString()));
    }
    writeExpression(row, node.get("expression").asString().strip(), filter.expression());
    var targets = node.get("targets");
    var rest = Documents.without(node, told, OF_FILTER);
    for (int target = 0; target < targets.size(); target++) {
      var at = target == 0 ? row : row(Kind.TARGET);
      var ofTarget = writeTarget(at, targets.get(target), filter.targets().get(target));
      writeMore(
          at,
          target == 0 ? Map.of("filter", rest, "target", ofTarget) : Map.of("target", ofTarget));
    }
  }

  /** Whatever the cells would not say exactly is written as the document has it. */
  private void writeExpression(Map<Heading, String> row, String text, Expression expression) {
    var split = conditions.split(expression);
    if (split.cells().isEmpty() || !says(split, expression)) {
      row.put(Column.EXPRESSION, CellText.write(text));
      return;
    }
    row.putAll(split.cells());
    if (split.rest() != null) {
      row.put(Column.EXPRESSION, CellText.write(split.rest().canonical()));
    }
  }

  private static boolean says(Split split, Expression expression) {
    try {
      var parts = new ArrayList<String>();
      var nowhere = new Place(null, 1, 0);
      split.cells().forEach((condition, cell) -> parts.add(condition.with(cell, nowhere)));
      if (split.rest() != null) {
        parts.add(split.rest().canonical());
      }
      return Expression.parse(TableRow.join(parts)).equals(expression);
    } catch (ExpressionError beyondALimit) {
      return false;
    }
  }

  /** Writes what columns can say of a target, and returns the rest. */
  private static ObjectNode writeTarget(Map<Heading, String> row, JsonNode given, Target target) {
    var node = (ObjectNode) given;
    var told = new HashSet<String>();
    for (var column : TableRow.TARGET) {
      var member =
          column == Column.QUEUE
              ? Documents.first(node, "queue", "task_queue_sid")
              : Documents.first(node, column.member());
      var text = member == null ? null : text(column, node.get(member), target);
      if (member != null && text != null) {
        told.add(member);
        row.put(column, CellText.write(text));
      }
    }
    return Documents.without(node, told, OF_TARGET);
  }

  private static @Nullable String text(Column column, JsonNode value, Target target) {
    return switch (column) {
      case PRIORITY -> target.priority() == null ? null : target.priority().toString();
      case TIMEOUT -> target.timeoutSeconds() == null ? null : target.timeoutSeconds().toString();
      case QUEUE -> value.asString();
      case WORKER_EXPRESSION, ORDER_BY, SKIP_IF, KNOWN_WORKER_SID, KNOWN_WORKER_FRIENDLY_NAME ->
          value.asString().strip();
      case ROW, NAME, EXPRESSION, MORE -> null;
    };
  }

  private static void writeMore(Map<Heading, String> row, Map<String, ObjectNode> parts) {
    var more = Documents.empty();
    parts.forEach(
        (name, part) -> {
          if (!part.isEmpty()) {
            more.set(name, part);
          }
        });
    if (!more.isEmpty()) {
      row.put(Column.MORE, CellText.write(more.toString()));
    }
  }

  private Map<Heading, String> row(Kind kind) {
    var row = new HashMap<Heading, String>();
    row.put(Column.ROW, word(kind));
    rows.add(row);
    return row;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Grid grid(@Nullable String sheet) {
    var headings = new ArrayList<Heading>();
    for (var column : Column.values()) {
      if (column == Column.EXPRESSION) {
        conditions.columns().stream().filter(this::isUsed).forEach(headings::add);
      }
      if (ALWAYS.contains(column) || isUsed(column)) {
        headings.add(column);
      }
    }
    var grid = new Grid.Builder(sheet);
    for (int column = 0; column < headings.size(); column++) {
      grid.add(1, column, headings.get(column).text());
    }
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < headings.size(); column++) {
        grid.add(row + 2, column, rows.get(row).getOrDefault(headings.get(column), ""));
      }
    }
    return grid.build();
  }

  private boolean isUsed(Heading heading) {
    return rows.stream().anyMatch(row -> row.containsKey(heading));
  }
}
