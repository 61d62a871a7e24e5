package dev.muster.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Tables as CSV: UTF-8, cells separated by commas, or by semicolons or tabs if the headings are.
 * What is written starts with a byte order mark, for without one spreadsheets guess another
 * encoding.
 */
final class Csv {

  private static final String MARK = "\uFEFF";

  private Csv() {}

  /**
   * Reads a file.
   *
   * @throws TableError if it is not UTF-8 or not CSV, or is too much for a table
   */
  static Grid read(byte[] file) {
    var text = text(file);
    var grid = new Grid.Builder(null);
    try (var records = records(text)) {
      int row = 1;
      for (var line : records) {
        for (int column = 0; column < line.getFieldCount(); column++) {
          grid.add(row, column, line.getField(column));
        }
        row++;
      }
    } catch (CsvParseException malformed) {
      throw new TableError("Expected CSV, but got something else: " + reason(malformed));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return grid.build();
  }

  static byte[] write(Grid grid) {
    var text = new StringWriter();
    text.write(MARK);
    try (var csv = CsvWriter.builder().build(text)) {
      int width = grid.lines().getFirst().cells().size();
      for (var line : grid.lines()) {
        var row = csv.writeRecord();
        for (int column = 0; column < width; column++) {
          row.writeField(line.cell(column));
        }
        row.endRecord();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static CsvReader<CsvRecord> records(String text) {
    return CsvReader.builder()
        .fieldSeparator(separator(text))
        .skipEmptyLines(false)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowUnclosedQuote(false)
        .ofCsvRecord(text);
  }

  /** No heading has one of these in it, so the headings tell what separates cells. */
  private static char separator(String text) {
    int end = text.indexOf('\n');
    var headings = end < 0 ? text : text.substring(0, end);
    char most = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(headings, candidate) > count(headings, most)) {
        most = candidate;
      }
    }
    return most;
  }

  private static long count(String text, char sought) {
    return text.chars().filter(each -> each == sought).count();
  }

  private static String text(byte[] file) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var bytes = ByteBuffer.wrap(file);
    try {
      var text = decoder.decode(bytes).toString();
      return text.startsWith(MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException otherEncoding) {
      throw new TableError(
          "Expected CSV in UTF-8, but byte %d is not: save the table as \"CSV UTF-8\" or as XLSX"
              .formatted(bytes.position() + 1));
    }
  }

  private static String reason(CsvParseException malformed) {
    var cause = malformed.getCause();
    return String.valueOf((cause == null ? malformed : cause).getMessage());
  }
}
