package dev.muster.statistics;

import dev.muster.statistics.StatisticsForms.Period;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The time that cumulative figures are about.
 *
 * @param start its first instant
 * @param end its last instant, which belongs to it
 */
record Window(Instant start, Instant end) {

  /** How far back questions may go. */
  static final Duration HISTORY = Duration.ofDays(30);

  /** Who asks for all of the history has reckoned its start a little earlier than we do. */
  private static final Duration LATENESS = Duration.ofMinutes(1);

  private static final int DEFAULT_MINUTES = 15;
  private static final int TOO_OLD = 14241;

  /**
   * A part of a window that begins and ends with spans of one length.
   *
   * @param ends the first instant after it
   */
  record Piece(Span span, Instant begins, Instant ends) {}

  /**
   * The window that was asked for: the last so many minutes, 15 unless said otherwise, or from one
   * date to another. Without an end it ends now, as does one that would end later; without a start
   * it is 15 minutes long.
   *
   * @throws Refused if both came, if it ends before it starts, or with code 14241 if it starts more
   *     than 30 days ago
   */
  static Window of(Period asked, Instant now) {
    var minutes = asked.minutes();
    var startDate = asked.startDate();
    var endDate = asked.endDate();
    if (minutes != null && (startDate != null || endDate != null)) {
      throw Refused.invalid(
          "Expected either Minutes or StartDate and EndDate, but got Minutes with %s",
          startDate == null ? "EndDate" : "StartDate");
    }
    var end = endDate == null || endDate.isAfter(now) ? now : endDate;
    var length = Duration.ofMinutes(Objects.requireNonNullElse(minutes, DEFAULT_MINUTES));
    var start = startDate == null ? end.minus(length) : startDate;
    if (start.isBefore(now.minus(HISTORY).minus(LATENESS))) {
      throw Refused.withCode(
          Refusal.INVALID,
          TOO_OLD,
          "Expected statistics to start at most %d days ago, but they were to start at %s"
              .formatted(HISTORY.toDays(), start));
    }
    if (start.isAfter(end)) {
      throw Refused.invalid(
          "Expected StartDate to be before the end, %s, but got '%s'",
          end.truncatedTo(ChronoUnit.SECONDS), start);
    }
    return new Window(start, end);
  }

  double seconds() {
    return Math.max(1, Duration.between(start, end).toMillis()) / 1000.0;
  }

  /** The first instant after the window: the database knows no time finer than a microsecond. */
  private Instant after() {
    return end.plus(1, ChronoUnit.MICROS);
  }

  /** Its whole spans of that length, in spans as long as possible. */
  List<Piece> wholes(Span shortest) {
    var wholes = new ArrayList<Piece>();
    cut(shortest, start, after(), wholes);
    return wholes;
  }

  /** The spans of that length that it has only a part of. */
  List<Piece> edges(Span shortest) {
    var from = shortest.ceiling(start);
    var until = shortest.floor(after());
    if (!from.isBefore(until)) {
      return List.of(new Piece(shortest, start, after()));
    }
    return List.of(new Piece(shortest, start, from), new Piece(shortest, until, after()));
  }

  /** Covers what can be covered with spans from this one on; before and after it, shorter ones. */
  private static void cut(Span span, Instant begins, Instant ends, List<Piece> pieces) {
    var from = span.ceiling(begins);
    var until = span.floor(ends);
    if (!from.isBefore(until)) {
      return;
    }
    if (span == Span.DAY) {
      pieces.add(new Piece(span, from, until));
      return;
    }
    var longer = Span.values()[span.ordinal() + 1];
    var middle = new ArrayList<Piece>();
    cut(longer, from, until, middle);
    if (middle.isEmpty()) {
      pieces.add(new Piece(span, from, until));
      return;
    }
    pieces.add(new Piece(span, from, middle.getFirst().begins()));
    pieces.addAll(middle);
    pieces.add(new Piece(span, middle.getLast().ends(), until));
  }
}
