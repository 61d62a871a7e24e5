package dev.muster.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Instants as the official SDKs send them: with a zone, or without one and then in UTC; with or
 * without fractions of a second; or a bare date.
 */
final class WireInstant {

  private WireInstant() {}

  static Instant parse(String name, String text) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      var parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException unreadable) {
      throw Refused.invalid(
          "Expected %s to be an ISO 8601 instant such as 2026-01-31T09:30:00Z, but got '%s'",
          name, WireValue.brief(text));
    }
  }
}
