package dev.muster.table;

import dev.muster.rules.Instruction;
import dev.muster.rules.InstructionError;
import dev.muster.table.Heading.Column;
import dev.muster.table.TableRow.Kind;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the configuration document that a table says. */
final class TableReader {

  /**
   * What was read.
   *
   * @param document a valid instruction, though its queues may not exist
   * @param places where the table says what the document says, by the place in the document
   */
  record Reading(String document, Map<String, Place> places) {

    private static final Pattern WHERE =
        Pattern.compile(
            "(?:at line [0-9]+, column [0-9]+ \\((task_routing[.\\w\\[\\]]*)(, column [0-9]+)?\\)"
                + "|(task_routing[.\\w\\[\\]]*))");

    /** Has a message about the document name the cell instead that it is about. */
    String explain(String message) {
      var found = WHERE.matcher(message);
      if (!found.find()) {
        return message;
      }
      boolean aside = found.group(1) != null;
      var place = place(aside ? found.group(1) : found.group(3));
      if (place == null) {
        return message;
      }
      var column = Objects.requireNonNullElse(found.group(2), "");
      return message.substring(0, found.start())
          + (aside ? "in " + place + column : place)
          + message.substring(found.end());
    }

    /** The cell for a place in the document, or for the nearest thing around it. */
    private @Nullable Place place(String where) {
      var part = where;
      while (!part.isEmpty() && !places.containsKey(part)) {
        part = part.replaceFirst("(^|[.\\[])\\w*]?$", "");
      }
      return places.get(part);
    }
  }

  private static final Set<Column> OF_TARGET = of(TableRow.TARGET, Column.MORE);

  private final Grid grid;
  private final Map<Integer, Heading> columns = new TreeMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final ObjectNode document = Documents.empty();
  private final ObjectNode routing = document.putObject("task_routing");
  private final ArrayNode filters = routing.putArray("filters");
  private @Nullable ArrayNode targets;

  private TableReader(Grid grid) {
    this.grid = grid;
  }

  /**
   * Reads a table.
   *
   * @throws TableError if it is none, or what it says is not a valid instruction
   */
  static Reading read(Grid grid) {
    return new TableReader(grid).read();
  }

  private Reading read() {
    if (grid.lines().isEmpty()) {
      throw new TableError("Expected a row of headings, but the table is empty");
    }
    readHeadings();
    for (var line : grid.lines().subList(1, grid.lines().size())) {
      for (int column = 0; column < line.cells().size(); column++) {
        if (!line.cell(column).isBlank() && !columns.containsKey(column)) {
          throw new TableError(
              grid.place(line, column),
              "nothing, for the column has no heading,",
              TableError.quote(line.cell(column)));
        }
      }
      readRow(new TableRow(grid, line, columns));
    }
    return checked(new Reading(document.toString(), places));
  }

  private void readHeadings() {
    var line = grid.lines().getFirst();
    for (int column = 0; column < line.cells().size(); column++) {
      if (line.cell(column).isBlank()) {
        continue;
      }
      var place = grid.place(line, column);
      var heading = Heading.of(line.cell(column).strip(), place);
      if (heading instanceof Column && columns.containsValue(heading)) {
        throw new TableError(place, "each name once", "'" + heading.text() + "' again");
      }
      columns.put(column, heading);
    }
    if (!columns.containsValue(Column.QUEUE)) {
      throw new TableError(
          "Expected a column queue in row %d, but there is none".formatted(line.number()));
    }
  }

  private void readRow(TableRow row) {
    switch (row.kind()) {
      case FILTER -> readFilter(row);
      case TARGET -> readTarget(row);
      case DEFAULT -> readDefault(row);
      case DOCUMENT -> readDocument(row);
    }
  }

  private void readFilter(TableRow row) {
    row.expectOnlyMore(Set.of("filter", "target"));
    var where = "task_routing.filters[" + filters.size() + "]";
    var filter = filters.addObject();
    places.put(where, row.place(Column.NAME));
    places.put(where + ".expression", row.placeOfExpression());
    var name = row.text(Column.NAME);
    if (name != null) {
      filter.put("filter_friendly_name", name);
    }
    filter.put("expression", row.expression());
    targets = filter.putArray("targets");
    row.describeMore("filter", filter);
    addTarget(row, targets.addObject(), where + ".targets[0]");
  }

  private void readTarget(TableRow row) {
    if (targets == null) {
      throw new TableError(
          "Expected a condition, a name or the word filter or default in row %d, for there is no filter above, but it has none"
              .formatted(row.line().number()));
    }
    row.expectOnly(Kind.TARGET, OF_TARGET);
    row.expectOnlyMore(Set.of("target"));
    var where =
        "task_routing.filters[%d].targets[%d]".formatted(filters.size() - 1, targets.size());
    addTarget(row, targets.addObject(), where);
  }

  private void readDefault(TableRow row) {
    if (routing.has("default_filter")) {
      throw new TableError(row.place(Column.ROW), "one default row", "another");
    }
    row.expectOnly(Kind.DEFAULT, without(OF_TARGET, Column.TIMEOUT));
    row.expectOnlyMore(Set.of("target"));
    targets = null;
    addTarget(row, routing.putObject("default_filter"), "task_routing.default_filter");
  }

  private void readDocument(TableRow row) {
    row.expectOnly(Kind.DOCUMENT, EnumSet.of(Column.MORE));
    row.expectOnlyMore(Set.of("document", "task_routing"));
    row.describeMore("document", document);
    row.describeMore("task_routing", routing);
  }

  private void addTarget(TableRow row, ObjectNode target, String where) {
    row.describeTarget(target);
    row.describeMore("target", target);
    places.put(where, row.place(Column.QUEUE));
    for (var column : TableRow.TARGET) {
      if (columns.containsValue(column)) {
        places.put(where + "." + column.member(), row.place(column));
      }
    }
  }

  private static Reading checked(Reading reading) {
    try {
      Instruction.parse(reading.document());
      return reading;
    } catch (InstructionError error) {
      throw new TableError(reading.explain(String.valueOf(error.getMessage())));
    }
  }

  private static Set<Column> of(Set<Column> columns, Column more) {
    var all = EnumSet.copyOf(columns);
    all.add(more);
    return all;
  }

  private static Set<Column> without(Set<Column> columns, Column less) {
    var rest = EnumSet.copyOf(columns);
    rest.remove(less);
    return rest;
  }
}
