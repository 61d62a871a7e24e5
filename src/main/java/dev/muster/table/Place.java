package dev.muster.table;

import org.jspecify.annotations.Nullable;

/**
 * A cell, as a spreadsheet names it.
 *
 * @param sheet absent in a CSV file
 * @param row from 1
 * @param column from 0
 */
record Place(@Nullable String sheet, int row, int column) {

  private static final int LETTERS = 26;

  /** The column as its letters: {@code A} to {@code Z}, then {@code AA}. */
  static String letters(int column) {
    var letter = String.valueOf((char) ('A' + column % LETTERS));
    return column < LETTERS ? letter : letters(column / LETTERS - 1) + letter;
  }

  @Override
  public String toString() {
    var cell = "cell " + letters(column) + row;
    return sheet == null ? cell : cell + " of sheet '" + sheet + "'";
  }
}
