package dev.muster.table;

/** Refuses a table, in a sentence that names what was expected, where, and what came instead. */
final class TableError extends IllegalArgumentException {

  private static final int SHOWN = 60;

  TableError(String message) {
    super(message, null);
  }

  TableError(Place place, String expected, String found) {
    this("Expected %s in %s, but got %s".formatted(expected, place, found));
  }

  /** The text in quotes, shortened. */
  static String quote(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }
}
