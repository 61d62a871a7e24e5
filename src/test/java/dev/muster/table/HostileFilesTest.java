package dev.muster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody should be able to do harm with. */
class HostileFilesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<c r='A2'><f>1+1</f><v>2</v></c>",
        "<c r='A2' t='str'><f>\"a\"</f><v>a</v></c>",
        "<c r='A2' t='s'><v>0</v><f>NOW()</f></c>",
        "<c r='A2' t='inlineStr'><is><t>a</t></is><f>1</f></c>",
        "<c r='A2'><f t='shared' si='0'/><v>2</v></c>",
        "<c r='A2'><x:f xmlns:x='y'>1</x:f></c>"
      })
  void refusesFormulasWithTheirCell(String cell) {
    refuses(
        Workbooks.withCell(cell),
        "Expected a value in cell A2 of sheet 'Routing', but got a formula");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<c r='A2' t='e'><v>#N/A</v></c>           | the error '#N/A'",
        "<c r='A2' t='d'><v>2024-01-01</v></c>     | a date or a time",
        "<c r='A2' t='s'><v>7</v></c>              | one of the workbook's 0 texts",
        "<c r='A2' t='s'><v>-1</v></c>             | but got '-1'",
        "<c r='A2' t='q'><v>1</v></c>              | the type 'q'",
        "<c r='A2'><v>1234567890123456</v></c>     | at most 15 digits",
        "<c r='A2'><v>1E999</v></c>                | at most 15 digits",
        "<c r='A2'><v>1E-99</v></c>                | at most 15 digits",
        "<c r='A2'><v>x</v></c>                    | at most 15 digits",
        "<c r='IV2'><v>1</v></c>                   | at most 200 columns, so nothing in cell IV2",
        "<c r='ZZZZZZ2'><v>1</v></c>               | but got 'ZZZZZZ2'",
        "<c r='A3'><v>1</v></c>                    | the cells of row 2",
        "<c r='C2'><v>1</v></c>                    | in order, but got B2 later"
      })
  void refusesCellsThatAreNoData(String cell, String message) {
    refuses(Workbooks.withCell(cell), message);
  }

  @Test
  void refusesDatesThatPassForNumbers() {
    var workbook =
        Workbooks.withCell("<c r='A2' s='1'><v>45000</v></c>")
            .with(
                "xl/_rels/workbook.xml.rels",
                Workbooks.relations("worksheet", "worksheets/sheet1.xml")
                    .replace(
                        "</Relationships>",
                        "<Relationship Id='r2' Type='x/styles' Target='styles.xml'/></Relationships>"))
            .with(
                "xl/styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='0 \"days\"'/></numFmts>"
                    + "<cellXfs><xf numFmtId='170'/><xf numFmtId='14'/></cellXfs></styleSheet>");

    refuses(workbook, "Expected text or a number in cell A2 of sheet 'Routing', but got a date");
    workbook.with(
        "xl/worksheets/sheet1.xml",
        new String(workbook.parts().get("xl/worksheets/sheet1.xml"), StandardCharsets.UTF_8)
            .replace("s='1'", "s='0'"));
    assertThat(read(workbook).lines().getLast().cell(0)).isEqualTo("45000");
  }

  @Test
  void refusesMergedCells() {
    refuses(
        Workbooks.withSheet(
            "<worksheet><sheetData/><mergeCells><mergeCell ref='A2:A4'/></mergeCells></worksheet>"),
        "Expected a value in each cell of sheet 'Routing', but the cells A2:A4 are merged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xl/vbaProject.bin", "XL/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"})
  void refusesMacros(String part) {
    refuses(Workbooks.withCell("").with(part, "x"), "Expected a workbook without macros, but");
  }

  @Test
  void refusesASheetThatIsNone() {
    var workbook = Workbooks.withCell("");
    workbook.with(
        "xl/_rels/workbook.xml.rels", Workbooks.relations("xlMacrosheet", "sheets/a.xml"));

    refuses(workbook, "Expected sheet 'Routing' to be a worksheet, but it is something else");
  }

  @Test
  void refusesAZipThatUnpacksToFarMore() {
    var bomb = Workbooks.withCell("").with("xl/media/image.xml", new byte[64 * 1024 * 1024]);

    assertThat(bomb.zip()).hasSizeLessThan(100_000);
    refuses(
        bomb, "Expected a workbook of at most 33554432 bytes in 1000 parts once it is unpacked");
  }

  @Test
  void refusesTextThatIsSaidTooOften() {
    var text = "x".repeat(30_000);
    var rows = new StringBuilder();
    for (int row = 2; row < 300; row++) {
      rows.append("<row r='%d'><c r='A%d' t='s'><v>0</v></c></row>".formatted(row, row));
    }
    var workbook = Workbooks.withRows(rows.toString());
    workbook
        .with(
            "xl/_rels/workbook.xml.rels",
            Workbooks.relations("worksheet", "worksheets/sheet1.xml")
                .replace(
                    "</Relationships>",
                    "<Relationship Id='r2' Type='x/sharedStrings' Target='s.xml'/></Relationships>"))
        .with("xl/s.xml", "<sst><si><t>" + text + "</t></si></sst>");

    refuses(workbook, "Expected at most 4000000 characters in all cells together, but");
  }

  @Test
  void refusesEntities() {
    var lol = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>";
    var file = "<!DOCTYPE l [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>";
    for (var type : new String[] {lol, file, "<!DOCTYPE l SYSTEM 'http://127.0.0.1:1/x.dtd'>"}) {
      refuses(
          Workbooks.withSheet(type + "<worksheet><sheetData>&a;</sheetData></worksheet>"),
          "Expected an XLSX workbook, but it");
    }
  }

  @Test
  void refusesBrokenFiles() {
    var whole = Workbooks.withCell("<c r='A2'><v>1</v></c>").zip();

    for (int length = 0; length < whole.length; length += 7) {
      var part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> TableFormat.XLSX.read(part)).isInstanceOf(TableError.class);
    }
    for (int at = 0; at < whole.length; at += 5) {
      var bent = whole.clone();
      bent[at] ^= 0x55;
      try {
        TableReader.read(TableFormat.XLSX.read(bent));
      } catch (TableError refused) {
        assertThat(refused).hasMessageContaining("Expected ").hasMessageContaining(", but ");
      }
    }
  }

  @Test
  void refusesOldWorkbooksAndOtherThings() {
    assertThatThrownBy(() -> TableFormat.XLSX.read(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11}))
        .hasMessageContaining("but got one in the old format or with a password");
    assertThatThrownBy(() -> TableFormat.XLSX.read("a ==,queue".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("but got something that is not even a zip");
    refuses(
        Workbooks.withCell("").with("xl/workbook.xml", "<workbook><sheets>"),
        "Expected an XLSX workbook, but its XML is broken");
  }

  @Test
  void refusesCsvInOtherEncodings() {
    for (var charset : Arrays.asList(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
      assertThatThrownBy(() -> TableFormat.CSV.read("name,queue\nGrößer,WQ1".getBytes(charset)))
          .isInstanceOf(TableError.class)
          .hasMessageStartingWith("Expected CSV in UTF-8, but byte ");
    }
  }

  @Test
  void refusesTooManyRowsColumnsAndCharacters() {
    assertThatThrownBy(() -> csv("a ==,queue\n" + "x,WQ1\n".repeat(5_001)))
        .hasMessage("Expected at most 5000 rows below the heading, but there are more");
    assertThatThrownBy(() -> csv("queue\n" + ",".repeat(200) + "x"))
        .hasMessage("Expected at most 200 columns, so nothing in cell GS2, but got 'x'");
    assertThatThrownBy(() -> csv("queue\n" + "x".repeat(32_768)))
        .hasMessage("Expected at most 32767 characters in cell A2, but got 32768 characters");
    assertThat(csv("a ==,queue\n" + "x,WQ1\n".repeat(5_000)).lines()).hasSize(5_001);
  }

  private static Grid csv(String text) {
    return TableFormat.CSV.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Grid read(Workbooks workbook) {
    return TableFormat.XLSX.read(workbook.zip());
  }

  private static void refuses(Workbooks workbook, String message) {
    assertThatThrownBy(() -> read(workbook))
        .isInstanceOf(TableError.class)
        .hasMessageStartingWith("Expected ")
        .hasMessageContaining(message);
  }
}
