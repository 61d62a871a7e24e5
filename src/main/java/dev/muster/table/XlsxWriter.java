package dev.muster.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a table as an XLSX workbook of one sheet; it has no formulas. */
final class XlsxWriter {

  static final String SHEET = "Routing";

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]{1,16}");
  private static final Pattern LIKE_ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");
  private static final int DIGITS = 15;
  private static final int WIDEST = 40;
  private static final int NARROWEST = 10;

  private XlsxWriter() {}

  static byte[] write(Grid grid) {
    var file = new ByteArrayOutputStream();
    try (var workbook = new Workbook(file, "Muster", null)) {
      var sheet = workbook.newWorksheet(SHEET);
      sheet.freezePane(0, 1);
      var headings = grid.lines().getFirst();
      for (int column = 0; column < headings.cells().size(); column++) {
        sheet.style(0, column).bold().set();
        sheet.width(column, width(grid, column));
      }
      for (var line : grid.lines()) {
        for (int column = 0; column < line.cells().size(); column++) {
          write(sheet, line.number() - 1, column, line.cell(column));
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.toByteArray();
  }

  /** A cell that reads back as this text. */
  private static void write(Worksheet sheet, int row, int column, String text) {
    if (text.isEmpty()) {
      return;
    }
    if (text.equals("TRUE") || text.equals("FALSE")) {
      sheet.value(row, column, text.equals("TRUE"));
    } else if (isNumber(text)) {
      sheet.value(row, column, new BigDecimal(text));
    } else {
      sheet.value(row, column, LIKE_ESCAPE.matcher(text).replaceAll("_x005F_"));
    }
  }

  private static boolean isNumber(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return false;
    }
    try {
      var number = new BigDecimal(text);
      return number.precision() <= DIGITS
          && number.stripTrailingZeros().toPlainString().equals(text);
    } catch (NumberFormatException points) {
      return false;
    }
  }

  private static int width(Grid grid, int column) {
    int longest =
        grid.lines().stream().mapToInt(line -> line.cell(column).length()).max().orElse(0);
    return Math.clamp(longest + 2, NARROWEST, WIDEST);
  }
}
