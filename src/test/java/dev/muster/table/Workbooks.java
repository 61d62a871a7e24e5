package dev.muster.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks made of raw XML, so that they can be as bad as one likes. */
record Workbooks(Map<String, byte[]> parts) {

  private static final String HEADINGS =
      "<row r='1'><c r='A1' t='inlineStr'><is><t>a ==</t></is></c>"
          + "<c r='B1' t='inlineStr'><is><t>queue</t></is></c></row>";

  /** A workbook whose sheet {@code Routing} has the headings {@code a ==} and {@code queue}. */
  static Workbooks withRows(String rows) {
    return withSheet("<worksheet><sheetData>" + HEADINGS + rows + "</sheetData></worksheet>");
  }

  static Workbooks withSheet(String worksheet) {
    return new Workbooks(new LinkedHashMap<>())
        .with("_rels/.rels", relations("officeDocument", "/xl/workbook.xml"))
        .with(
            "xl/workbook.xml",
            "<workbook><sheets><sheet name='Notes' id='r0' state='hidden'/>"
                + "<sheet name='Routing' id='r1'/></sheets></workbook>")
        .with("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml"))
        .with("xl/worksheets/sheet1.xml", worksheet);
  }

  /** One row of a value below {@code a ==} and a queue; the value's element is given. */
  static Workbooks withCell(String cell) {
    return withRows("<row r='2'>" + cell + "<c r='B2' t='str'><v>WQ1</v></c></row>");
  }

  Workbooks with(String part, String xml) {
    return with(part, xml.getBytes(StandardCharsets.UTF_8));
  }

  Workbooks with(String part, byte[] bytes) {
    parts.put(part, bytes);
    return this;
  }

  byte[] zip() {
    var file = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(file)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.toByteArray();
  }

  static String relations(String type, String target) {
    return "<Relationships><Relationship Id='r1' Type='http://x/%s' Target='%s'/></Relationships>"
        .formatted(type, target);
  }
}
