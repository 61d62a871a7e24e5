package dev.muster.rules;

/**
 * Refuses text that is not an expression of the language. The message is one sentence that names
 * what was expected, what was found, the column, and the text (shortened around the column when it
 * is long).
 */
public final class ExpressionError extends IllegalArgumentException {

  private static final int SHOWN = 80;

  private final String sentence;
  private final int column;
  private final String text;

  ExpressionError(String expected, String found, int column, String text) {
    super(sentence(expected, found) + " at column " + column + " of `" + shown(text, column) + "`");
    this.sentence = sentence(expected, found);
    this.column = column;
    this.text = text;
  }

  /** Where the text stops making sense, counted in UTF-16 units from 1. */
  public int column() {
    return column;
  }

  /** The whole refused text. */
  public String text() {
    return text;
  }

  /** What was expected and what was found, without the place. */
  String sentence() {
    return sentence;
  }

  private static String sentence(String expected, String found) {
    return "Expected " + expected + ", but found " + found;
  }

  private static String shown(String text, int column) {
    if (text.length() <= SHOWN) {
      return text;
    }
    int from = Math.clamp(column - 1 - SHOWN / 2, 0, text.length() - SHOWN);
    int to = from + SHOWN;
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }
}
