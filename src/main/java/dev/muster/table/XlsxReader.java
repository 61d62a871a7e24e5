package dev.muster.table;

import dev.muster.table.XlsxFile.Relation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first visible sheet of an XLSX workbook. Every cell is text, a number or TRUE or FALSE;
 * formulas, dates, errors and merged cells are refused.
 *
 * <p>It reads the XML itself, because a library made for friendly files sizes a row by the column
 * that a cell claims to be in, takes numbers of any length, and passes over the formula of a cell
 * that also has a shared text.
 */
final class XlsxReader {

  private static final Pattern REFERENCE = Pattern.compile("([A-Z]{1,3})([1-9][0-9]{0,6})");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,25}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?");
  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  /** As many digits as a spreadsheet keeps, and shows, of a number. */
  private static final MathContext DIGITS = new MathContext(15);

  private static final BigDecimal TOO_LONG = BigDecimal.TEN.pow(DIGITS.getPrecision());
  private static final int MAX_DIGITS = 40;

  private final String sheet;
  private final List<String> strings;
  private final XlsxStyles styles;
  private final Grid.Builder grid;
  private int row;
  private int column;

  private XlsxReader(String sheet, List<String> strings, XlsxStyles styles) {
    this.sheet = sheet;
    this.strings = strings;
    this.styles = styles;
    this.grid = new Grid.Builder(sheet);
  }

  /**
   * Reads a file.
   *
   * @throws TableError if it is no XLSX workbook, has macros, a cell is something else than data,
   *     or it is too much for a table
   */
  static Grid read(byte[] file) {
    var workbook = XlsxFile.unpack(file);
    var main = part(workbook.relations(""), "officeDocument");
    if (main == null) {
      throw new TableError("Expected an XLSX workbook, but the zip holds none");
    }
    var relations = workbook.relations(main);
    var styles = part(relations, "styles");
    var strings = part(relations, "sharedStrings");
    var sheet = firstSheet(workbook.get(main));
    return new XlsxReader(
            sheet.name(),
            strings == null ? List.of() : strings(workbook.get(strings)),
            XlsxStyles.read(styles == null ? null : workbook.find(styles)))
        .readSheet(workbook.get(sheet.part(relations)));
  }

  private record Sheet(String name, String id) {

    String part(List<Relation> relations) {
      return relations.stream()
          .filter(relation -> relation.id().equals(id) && relation.type().equals("worksheet"))
          .findFirst()
          .orElseThrow(
              () ->
                  new TableError(
                      "Expected sheet '%s' to be a worksheet, but it is something else"
                          .formatted(name)))
          .part();
    }
  }

  private static Sheet firstSheet(byte[] main) {
    try (var xml = new Xml(main)) {
      while (xml.next("sheet")) {
        if (xml.attribute("state").isEmpty() || xml.attribute("state").equals("visible")) {
          return new Sheet(xml.attribute("name"), xml.attribute("id"));
        }
      }
      throw new TableError("Expected a visible sheet, but the workbook has none");
    }
  }

  private static @Nullable String part(List<Relation> relations, String type) {
    return relations.stream()
        .filter(relation -> relation.type().equals(type))
        .map(Relation::part)
        .findFirst()
        .orElse(null);
  }

  private static List<String> strings(byte[] part) {
    var strings = new ArrayList<String>();
    try (var xml = new Xml(part)) {
      while (xml.next("si")) {
        strings.add(richText(xml, "si"));
      }
    }
    return strings;
  }

  /** The text of all runs, without hints on their pronunciation. */
  private static String richText(Xml xml, String element) {
    var text = new StringBuilder();
    boolean hint = false;
    while (xml.next() && !xml.ends(element)) {
      if (xml.starts("rPh") || xml.ends("rPh")) {
        hint = xml.starts("rPh");
      } else if (!hint && xml.starts("t")) {
        text.append(xml.text());
      }
    }
    return unescaped(text.toString());
  }

  /** {@code _x000D_} stands for a character that XML would not keep. */
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private Grid readSheet(byte[] worksheet) {
    try (var xml = new Xml(worksheet)) {
      while (xml.next()) {
        if (xml.starts("row")) {
          startRow(xml.attribute("r"));
        } else if (xml.starts("c")) {
          readCell(xml);
        } else if (xml.starts("mergeCell")) {
          throw new TableError(
              "Expected a value in each cell of sheet '%s', but the cells %s are merged"
                  .formatted(sheet, xml.attribute("ref")));
        }
      }
    }
    return grid.build();
  }

  private void startRow(String number) {
    int next = number.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(number) : row + 1;
    if (next <= row) {
      throw new TableError(
          "Expected the rows of sheet '%s' in order, but %d comes after %d"
              .formatted(sheet, next, row));
    }
    row = next;
    column = -1;
  }

  private void readCell(Xml xml) {
    column = column(xml.attribute("r"));
    var type = xml.attribute("t");
    boolean date = styles.isDate(xml.attribute("s"));
    var text = "";
    while (xml.next() && !xml.ends("c")) {
      if (xml.starts("f")) {
        throw new TableError(place(), "a value", "a formula");
      } else if (xml.starts("v")) {
        text = xml.text();
      } else if (xml.starts("is")) {
        text = richText(xml, "is");
      }
    }
    if (!text.isBlank()) {
      grid.add(row, column, value(type, text, date));
    }
  }

  private int column(String reference) {
    if (reference.isEmpty()) {
      return column + 1;
    }
    var parts = REFERENCE.matcher(reference);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) != row) {
      throw new TableError(
          "Expected the cells of row %d of sheet '%s', but got %s"
              .formatted(row, sheet, TableError.quote(reference)));
    }
    int at = parts.group(1).chars().reduce(0, (sum, letter) -> sum * 26 + letter - 'A' + 1) - 1;
    if (at <= column) {
      throw new TableError(
          "Expected the cells of row %d of sheet '%s' in order, but got %s later"
              .formatted(row, sheet, reference));
    }
    return at;
  }

  private String value(String type, String text, boolean date) {
    return switch (type) {
      case "s" -> sharedString(text);
      case "inlineStr" -> text;
      case "str" -> unescaped(text);
      case "b" -> text.equals("1") || text.equals("true") ? "TRUE" : "FALSE";
      case "e" -> throw new TableError(place(), "a value", "the error " + TableError.quote(text));
      case "d" -> throw noDates();
      case "", "n" -> {
        if (date) {
          throw noDates();
        }
        yield number(text);
      }
      default ->
          throw new TableError(
              place(), "text, a number or TRUE or FALSE", "the type " + TableError.quote(type));
    };
  }

  private TableError noDates() {
    return new TableError(
        place(),
        "text or a number",
        "a date or a time: format the cell as text and write it again");
  }

  private String sharedString(String index) {
    if (!index.matches("[0-9]{1,8}") || Integer.parseInt(index) >= strings.size()) {
      throw new TableError(
          place(), "one of the workbook's " + strings.size() + " texts", TableError.quote(index));
    }
    return strings.get(Integer.parseInt(index));
  }

  /** Files keep the nearest binary number, so 1.1 may be written as 1.1000000000000001. */
  private String number(String text) {
    double nearest = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    var number = Double.isFinite(nearest) ? BigDecimal.valueOf(nearest).round(DIGITS) : TOO_LONG;
    var digits = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    if (number.abs().compareTo(TOO_LONG) >= 0 || digits.length() > MAX_DIGITS) {
      throw new TableError(
          place(),
          "a number of at most 15 digits (a spreadsheet keeps no more, so format the cell as text)",
          TableError.quote(text));
    }
    return digits;
  }

  private Place place() {
    return new Place(sheet, row, column);
  }
}
