package dev.muster.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as the 2010 API writes them, in the manner of RFC 2822. */
final class MailDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
          .withZone(ZoneOffset.UTC);

  private MailDate() {}

  static String of(Instant instant) {
    return FORMAT.format(instant);
  }
}
