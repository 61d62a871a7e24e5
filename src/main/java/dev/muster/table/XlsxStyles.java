package dev.muster.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of a workbook's cell styles show a number as a date or a time, by their position. The file
 * does not tell a date from a number otherwise.
 */
record XlsxStyles(Set<String> dates) {

  /** In a format: text in quotes, conditions in brackets, escaped characters. */
  private static final Pattern NO_DIGITS = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|[\\\\_*].");

  private static final Pattern DATE_LETTER = Pattern.compile("[dmyhsDMYHS]");

  static XlsxStyles read(byte @Nullable [] styles) {
    var dates = new HashSet<String>();
    if (styles == null) {
      return new XlsxStyles(dates);
    }
    try (var xml = new Xml(styles)) {
      var formats = new HashMap<String, String>();
      boolean cells = false;
      int style = 0;
      while (xml.next()) {
        if (xml.starts("numFmt")) {
          formats.put(xml.attribute("numFmtId"), xml.attribute("formatCode"));
        } else if (xml.starts("cellXfs") || xml.ends("cellXfs")) {
          cells = xml.starts("cellXfs");
        } else if (cells && xml.starts("xf")) {
          if (isDate(xml.attribute("numFmtId"), formats)) {
            dates.add(String.valueOf(style));
          }
          style++;
        }
      }
    }
    return new XlsxStyles(dates);
  }

  boolean isDate(String style) {
    return dates.contains(style);
  }

  private static boolean isDate(String id, Map<String, String> formats) {
    var format = formats.get(id);
    if (format == null) {
      return id.matches("1[4-9]|2[0-2]|2[7-9]|3[0-6]|4[5-7]|5[0-8]");
    }
    return DATE_LETTER
        .matcher(NO_DIGITS.matcher(format).replaceAll("").replace("General", ""))
        .find();
  }
}
