package dev.muster.table;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text in a cell. It stands there as it is, or, wherever that would be read or run as something
 * else, in double quotes: {@code "=1+1"}. Within quotes, a backslash escapes as in JSON.
 */
final class CellText {

  /** What makes some spreadsheet take a cell for a formula. */
  private static final String FORMULA = "=+\\-@＝＋－＠";

  /** A spreadsheet that cuts a line at semicolons, tabs or breaks could find a formula here. */
  private static final Pattern HIDDEN_FORMULA =
      Pattern.compile("(?<=[;\t\r\n])(\\s*)([" + FORMULA + "])");

  private static final Pattern STARTS_FORMULA = Pattern.compile("^[" + FORMULA + "]");

  private CellText() {}

  /** The text that a cell says. */
  static String read(String cell) {
    var stripped = cell.strip();
    var quoted = stripped.startsWith("\"") ? Quoted.at(stripped, 0) : null;
    return quoted != null && quoted.end() == stripped.length() ? quoted.text() : stripped;
  }

  /** The cell that says this text, which is not blank. */
  static String write(String text) {
    return isSafe(text) && read(text).equals(text) ? text : quote(text);
  }

  /** Whether no spreadsheet would change or run the text. */
  static boolean isSafe(String text) {
    return !startsFormula(text)
        && !HIDDEN_FORMULA.matcher(text).find()
        && text.codePoints().allMatch(CellText::isKept);
  }

  static boolean startsFormula(String cell) {
    return STARTS_FORMULA.matcher(cell).find();
  }

  static String quote(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> append(quoted, character));
    return HIDDEN_FORMULA
        .matcher(quoted.append('"'))
        .replaceAll(found -> found.group(1) + "\\" + escape(found.group(2).codePointAt(0)));
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (isKept(character)) {
          quoted.appendCodePoint(character);
        } else {
          quoted.append(escape(character));
        }
      }
    }
  }

  private static String escape(int unit) {
    return "\\u%04x".formatted(unit);
  }

  /** XML and UTF-8 keep it as it is. */
  private static boolean isKept(int character) {
    return character == '\n'
        || character == '\t'
        || !Character.isISOControl(character)
            && !(character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
            && character != 0xFFFE
            && character != 0xFFFF;
  }

  /**
   * Text in quotes.
   *
   * @param end where the cell goes on after the closing quote
   */
  record Quoted(String text, int end) {

    /** Reads from an opening quote; null if no quote closes it or an escape is none. */
    static @Nullable Quoted at(String cell, int start) {
      var text = new StringBuilder();
      int at = start + 1;
      while (at < cell.length() && cell.charAt(at) != '"') {
        if (cell.charAt(at) != '\\') {
          text.append(cell.charAt(at++));
          continue;
        }
        var escape = at + 1 < cell.length() ? cell.charAt(at + 1) : ' ';
        var unit = escape == 'u' ? unit(cell, at + 2) : unescaped(escape);
        if (unit == null) {
          return null;
        }
        text.append(unit.charValue());
        at += escape == 'u' ? 6 : 2;
      }
      return at < cell.length() ? new Quoted(text.toString(), at + 1) : null;
    }

    private static @Nullable Character unit(String cell, int at) {
      if (at + 4 > cell.length()) {
        return null;
      }
      var digits = cell.substring(at, at + 4);
      return digits.matches("[0-9A-Fa-f]{4}") ? (char) Integer.parseInt(digits, 16) : null;
    }

    private static @Nullable Character unescaped(char escape) {
      return switch (escape) {
        case '"', '\\', '/' -> escape;
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        default -> null;
      };
    }
  }
}
