package dev.muster.table;

import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How a table travels. */
enum TableFormat {
  CSV(new MediaType("text", "csv", StandardCharsets.UTF_8)),
  XLSX(new MediaType("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"));

  private static final String EITHER =
      "text/csv or application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final MediaType mediaType;

  TableFormat(MediaType mediaType) {
    this.mediaType = mediaType;
  }

  MediaType mediaType() {
    return mediaType;
  }

  /** The end of a file's name. */
  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a body is in.
   *
   * @throws Refused if the type is neither, or CSV in another encoding than UTF-8
   */
  static TableFormat ofBody(@Nullable String contentType) {
    var type = contentType == null ? null : types(contentType).stream().findFirst().orElse(null);
    for (var format : values()) {
      if (type != null && type.equalsTypeAndSubtype(format.mediaType)) {
        var charset = type.getParameter("charset");
        if (format == CSV && charset != null && !charset.equalsIgnoreCase("utf-8")) {
          throw unsupported("text/csv in UTF-8", contentType);
        }
        return format;
      }
    }
    throw unsupported(EITHER, contentType);
  }

  /**
   * What to answer in: what {@code format} asks for, else what {@code accept} likes best, else CSV.
   *
   * @throws Refused if neither is wanted
   */
  static TableFormat ofAnswer(@Nullable String format, @Nullable String accept) {
    if (format != null && !format.isEmpty()) {
      return Arrays.stream(values())
          .filter(each -> each.name().equalsIgnoreCase(format))
          .findFirst()
          .orElseThrow(
              () ->
                  Refused.invalid(
                      "Expected Format to be csv or xlsx, but got %s", TableError.quote(format)));
    }
    if (accept == null || accept.isBlank()) {
      return CSV;
    }
    return types(accept).stream()
        .filter(type -> type.getQualityValue() > 0)
        .sorted(Comparator.comparing(MediaType::getQualityValue).reversed())
        .flatMap(type -> Arrays.stream(values()).filter(each -> type.includes(each.mediaType)))
        .findFirst()
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected Accept to allow %s, but got %s", EITHER, TableError.quote(accept)));
  }

  private static List<MediaType> types(String header) {
    try {
      return MediaType.parseMediaTypes(header);
    } catch (InvalidMediaTypeException malformed) {
      return List.of();
    }
  }

  private static Refused unsupported(String expected, @Nullable String contentType) {
    return new Refused(
        Refusal.UNSUPPORTED_BODY,
        "Expected a body of type %s, but got %s"
            .formatted(expected, contentType == null ? "none" : TableError.quote(contentType)));
  }

  /**
   * Reads a file in this format.
   *
   * @throws TableError if it is none, or is too much for a table
   */
  Grid read(byte[] file) {
    return switch (this) {
      case CSV -> Csv.read(file);
      case XLSX -> XlsxReader.read(file);
    };
  }

  byte[] write(Grid grid) {
    return switch (this) {
      case CSV -> Csv.write(grid);
      case XLSX -> XlsxWriter.write(grid);
    };
  }

  /** The name of the sheet that is written. */
  @Nullable String sheet() {
    return this == XLSX ? XlsxWriter.SHEET : null;
  }
}
