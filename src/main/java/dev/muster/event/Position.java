package dev.muster.event;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * How far a reader has come: a snapshot of the database, which tells the transactions that the
 * reader has seen from those that it has not. It is PostgreSQL's {@code pg_snapshot} as text.
 */
public record Position(String snapshot) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,18}):(\\d{1,18}):((\\d{1,18},?)*)");
  private static final int LONGEST = 4_096;

  /**
   * The position that a text names.
   *
   * @throws IllegalArgumentException with a sentence for the caller if it names none
   */
  public static Position of(String text) {
    if (text.length() > LONGEST || !isSnapshot(text)) {
      throw new IllegalArgumentException("the id of an event that this stream has sent");
    }
    return new Position(text);
  }

  private static boolean isSnapshot(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches() || text.endsWith(",")) {
      return false;
    }
    var first = Long.parseLong(parts.group(1));
    var end = Long.parseLong(parts.group(2));
    var running =
        parts.group(3).isEmpty()
            ? new long[0]
            : Arrays.stream(parts.group(3).split(",")).mapToLong(Long::parseLong).toArray();
    var inside = Arrays.stream(running).allMatch(id -> id >= first && id < end);
    var ordered = Arrays.equals(running, Arrays.stream(running).sorted().distinct().toArray());
    return first > 0 && first <= end && inside && ordered;
  }

  @Override
  public String toString() {
    return snapshot;
  }
}
