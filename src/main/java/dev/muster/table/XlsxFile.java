package dev.muster.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an XLSX file, which is a zip of XML files that refer to each other. Only parts that
 * a table could need are kept.
 */
record XlsxFile(Map<String, byte[]> parts) {

  /** Most bytes that all parts have together once they are unpacked. */
  static final int MAX_UNPACKED = 32 * 1024 * 1024;

  private static final int MAX_PARTS = 1_000;
  private static final byte[] ZIP = {'P', 'K'};
  private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF};

  /** A part that another one refers to. The type is the last step of its address. */
  record Relation(String id, String type, String part) {}

  /**
   * Unpacks a file.
   *
   * @throws TableError if it is not a zip, is too large once unpacked, or has macros
   */
  static XlsxFile unpack(byte[] file) {
    if (startsWith(file, OLE)) {
      throw new TableError(
          "Expected an XLSX workbook, but got one in the old format or with a password: save it as .xlsx without a password");
    }
    if (!startsWith(file, ZIP)) {
      throw new TableError("Expected an XLSX workbook, but got something that is not even a zip");
    }
    try {
      // Only a zip's directory, at its end, tells the sizes of all parts, and the platform reads
      // that from files alone.
      var copy = Files.createTempFile("muster-table", ".xlsx");
      try {
        Files.write(copy, file);
        return unpack(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static XlsxFile unpack(Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      return unpack(zip);
    } catch (IOException | IllegalArgumentException broken) {
      throw new TableError(
          "Expected an XLSX workbook, but the zip that it is cannot be read: "
              + broken.getMessage());
    }
  }

  private static XlsxFile unpack(ZipFile zip) throws IOException {
    var parts = new HashMap<String, byte[]>();
    int left = MAX_UNPACKED;
    for (var entry : Collections.list(zip.entries())) {
      var bytes = read(zip, entry, left + 1);
      left -= bytes.length;
      if (left < 0 || zip.size() > MAX_PARTS) {
        throw new TableError(
            "Expected a workbook of at most %d bytes in %d parts once it is unpacked, but it has more"
                .formatted(MAX_UNPACKED, MAX_PARTS));
      }
      var name = name(entry);
      if (name.endsWith("vbaproject.bin") || name.contains("/macrosheets/")) {
        throw new TableError(
            "Expected a workbook without macros, but it has %s: save it as .xlsx"
                .formatted(TableError.quote(entry.getName())));
      }
      if ((name.endsWith(".xml") || name.endsWith(".rels")) && parts.put(name, bytes) != null) {
        throw new TableError(
            "Expected each part of the workbook once, but got %s twice"
                .formatted(TableError.quote(entry.getName())));
      }
    }
    return new XlsxFile(parts);
  }

  private static byte[] read(ZipFile zip, ZipEntry entry, int most) throws IOException {
    try (var part = zip.getInputStream(entry)) {
      return part.readNBytes(most);
    }
  }

  byte @Nullable [] find(String part) {
    return parts.get(part);
  }

  byte[] get(String part) {
    var bytes = find(part);
    if (bytes == null) {
      throw new TableError("Expected an XLSX workbook, but it lacks " + TableError.quote(part));
    }
    return bytes;
  }

  /** What a part refers to; the file itself is the part without a name. */
  List<Relation> relations(String part) {
    int slash = part.lastIndexOf('/') + 1;
    var folder = part.substring(0, slash);
    var bytes = find(folder + "_rels/" + part.substring(slash) + ".rels");
    if (bytes == null) {
      return List.of();
    }
    try (var xml = new Xml(bytes)) {
      var relations = new ArrayList<Relation>();
      while (xml.next("Relationship")) {
        if (!"External".equals(xml.attribute("TargetMode"))) {
          relations.add(
              new Relation(
                  xml.attribute("Id"),
                  xml.attribute("Type").replaceFirst("^.*/", ""),
                  resolve(folder, xml.attribute("Target"))));
        }
      }
      return relations;
    }
  }

  private static String resolve(String folder, String target) {
    try {
      return URI.create("/" + folder)
          .resolve(target)
          .normalize()
          .getPath()
          .substring(1)
          .toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      throw new TableError(
          "Expected an XLSX workbook, but it refers to " + TableError.quote(target));
    }
  }

  private static String name(ZipEntry entry) {
    return entry.getName().replace('\\', '/').replaceFirst("^/+", "").toLowerCase(Locale.ROOT);
  }

  private static boolean startsWith(byte[] file, byte[] start) {
    return file.length > start.length && file[0] == start[0] && file[1] == start[1];
  }
}
