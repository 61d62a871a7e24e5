package dev.muster.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XlsxTest {

  private static final String DOCUMENT =
      """
      {"task_routing": {"filters": [
        {"filter_friendly_name": "=1+1", "expression": "a == 5 AND b == '5' AND c == true AND d == 'Größe'",
         "targets": [{"queue": "WQ1", "priority": 7}]}]}}
      """;

  @Test
  void opensInAnotherReaderWithTypedCellsAndNoFormula() throws IOException {
    var file = TableFormat.XLSX.write(TableWriter.write("Routing", DOCUMENT));

    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
      var rows = workbook.getFirstSheet().read();
      assertThat(workbook.getFirstSheet().getName()).isEqualTo("Routing");
      assertThat(rows.getFirst().stream().map(Cell::getText))
          .containsExactly(
              "row", "name", "a ==", "b ==", "c ==", "d ==", "queue", "priority", "timeout");
      assertThat(rows.get(1).getCell(1).getText()).isEqualTo("\"=1+1\"");
      assertThat(rows.get(1).getCell(2).asNumber()).isEqualByComparingTo(BigDecimal.valueOf(5));
      assertThat(rows.get(1).getCell(3).getText()).isEqualTo("\"5\"");
      assertThat(rows.get(1).getCell(4).asBoolean()).isTrue();
      assertThat(rows.get(1).getCell(5).getText()).isEqualTo("Größe");
      assertThat(rows.get(1).stream().filter(cell -> cell != null).map(Cell::getType))
          .doesNotContain(CellType.FORMULA);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "5.0, 5",
    "1.1000000000000001, 1.1",
    "-0, 0",
    "1E3, 1000",
    "2.5E-2, 0.025",
    "123456789012345, 123456789012345"
  })
  void readsNumbersAsASpreadsheetShowsThem(String stored, String shown) {
    var workbook = Workbooks.withCell("<c r='A2'><v>" + stored + "</v></c>");

    assertThat(TableFormat.XLSX.read(workbook.zip()).lines().getLast().cell(0)).isEqualTo(shown);
  }

  @Test
  void readsTextInRunsWithoutHintsAndWithEscapes() {
    var workbook =
        Workbooks.withCell(
            "<c r='A2' t='inlineStr'><is><r><t>a_x0042_</t></r><rPh sb='0' eb='1'><t>no</t></rPh>"
                + "<r><t xml:space='preserve'> &amp; c_x005F_x0041_</t></r></is></c>");

    assertThat(TableFormat.XLSX.read(workbook.zip()).lines().getLast().cell(0))
        .isEqualTo("aB & c_x0041_");
  }
}
