package dev.muster.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a spreadsheet says, whatever its format: rows of text. Blank rows are left out, and so are
 * blank cells at the end of a row.
 *
 * @param sheet absent in a CSV file
 */
record Grid(@Nullable String sheet, List<Line> lines) {

  /** Most rows below the heading. */
  static final int MAX_ROWS = 5_000;

  static final int MAX_COLUMNS = 200;

  /** Longest text of a cell, in UTF-16 units: as much as a spreadsheet keeps. */
  static final int MAX_CELL = 32_767;

  /** Most text of all cells together. */
  static final int MAX_CHARACTERS = 4_000_000;

  /** A row and its number in the spreadsheet, from 1. */
  record Line(int number, List<String> cells) {

    /** The cell's text, empty where there is none. */
    String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }
  }

  Place place(Line line, int column) {
    return new Place(sheet, line.number(), column);
  }

  /** Takes cells row by row, in rising order of rows, and refuses what is too much. */
  static final class Builder {

    private final @Nullable String sheet;
    private final List<Line> lines = new ArrayList<>();
    private int characters;

    Builder(@Nullable String sheet) {
      this.sheet = sheet;
    }

    /** Adds a cell unless it is blank. */
    void add(int row, int column, String text) {
      if (text.isBlank()) {
        return;
      }
      check(new Place(sheet, row, column), text);
      var cells = line(row).cells();
      while (cells.size() <= column) {
        cells.add("");
      }
      cells.set(column, text);
    }

    Grid build() {
      return new Grid(sheet, List.copyOf(lines));
    }

    private void check(Place place, String text) {
      if (place.column() >= MAX_COLUMNS) {
        throw new TableError(
            place, "at most " + MAX_COLUMNS + " columns, so nothing", TableError.quote(text));
      }
      if (text.length() > MAX_CELL) {
        throw new TableError(
            place, "at most " + MAX_CELL + " characters", text.length() + " characters");
      }
      characters += text.length();
      if (characters > MAX_CHARACTERS) {
        throw new TableError(
            "Expected at most %d characters in all cells together, but they are more at %s"
                .formatted(MAX_CHARACTERS, place));
      }
    }

    private Line line(int row) {
      if (lines.isEmpty() || lines.getLast().number() != row) {
        if (lines.size() > MAX_ROWS) {
          throw new TableError(
              "Expected at most %d rows below the heading, but there are more".formatted(MAX_ROWS));
        }
        lines.add(new Line(row, new ArrayList<>()));
      }
      return lines.getLast();
    }
  }
}
