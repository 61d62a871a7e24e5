package dev.muster.chaos;

import dev.muster.local.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What PostgreSQL remembers; read over a new connection each time, since servers are killed. */
final class Tables {

  /** A task with what its creator wrote into it. */
  record Task(String sid, long number, Kind kind, String status, String reason) {}

  record Reservation(String sid, String task, String worker, String status) {}

  private static final String TASKS =
      """
      SELECT sid, status, coalesce(reason, '') AS reason, (attributes::json ->> 'number')::bigint AS number,
             attributes::json ->> 'kind' AS kind
      FROM task WHERE workspace_sid = ? ORDER BY sid
      """;

  private static final String RESERVATIONS =
      "SELECT sid, task_sid AS task, worker_sid AS worker, status FROM reservation WHERE workspace_sid = ? ORDER BY sid";

  private static final String NEWEST =
      "SELECT coalesce(max(sid), '') FROM reservation WHERE workspace_sid = ?";

  private static final String FIRST_SINCE =
      """
      SELECT created_at FROM reservation
      WHERE workspace_sid = ? AND sid > ? AND created_at >= ?
      ORDER BY sid LIMIT 1
      """;

  private static final String UNSETTLED =
      """
      SELECT count(*) FROM task
      WHERE workspace_sid = ? AND status <> attributes::json ->> 'rest'
      """;

  private static final String UNTOLD =
      "SELECT count(*) FROM process_state WHERE workspace_sid = ? AND version > told_version";

  private static final String MADE =
      "SELECT count(*) FROM reservation WHERE workspace_sid = ? AND created_at BETWEEN ? AND ?";

  private static final String LONGEST_SILENCE =
      """
      SELECT max(extract(epoch FROM made_at - before_at)) FROM (
        SELECT made_at, lag(made_at) OVER (ORDER BY made_at) AS before_at
        FROM (
          SELECT created_at AS made_at FROM reservation
          WHERE workspace_sid = ? AND created_at BETWEEN ? AND ?
          UNION ALL VALUES (?::timestamptz), (?::timestamptz)
        ) ends
      ) made
      """;

  private static final String WITH_TWO =
      """
      SELECT DISTINCT task_sid || ' was with two workers at once' FROM (
        SELECT task_sid, sum(CASE type
            WHEN 'reservation.created' THEN 1
            WHEN 'reservation.accepted' THEN 0
            WHEN 'reservation.wrapup' THEN 0
            ELSE -1 END) OVER (PARTITION BY task_sid ORDER BY task_number) AS open
        FROM event WHERE workspace_sid = ? AND type LIKE 'reservation.%'
      ) counted WHERE open > 1
      """;

  private static final String ACCEPTED_TWICE =
      """
      SELECT task_sid || ' was accepted ' || count(*) || ' times'
      FROM event WHERE workspace_sid = ? AND type = 'reservation.accepted'
      GROUP BY task_sid HAVING count(*) > 1
      """;

  private static final String GAPS =
      """
      SELECT task_sid || ' has ' || count(*) || ' events, the last with number ' || max(task_number)
      FROM event WHERE workspace_sid = ? AND task_sid IS NOT NULL
      GROUP BY task_sid HAVING count(*) <> max(task_number) OR min(task_number) <> 1
      """;

  private static final String MISCOUNTED =
      """
      SELECT c.worker_sid || ' has ' || count(r.sid) || ' reservations, but ' || c.reserved
        || ' units are taken of ' || c.capacity
      FROM worker_channel c
      LEFT JOIN reservation r ON r.workspace_sid = c.workspace_sid AND r.worker_sid = c.worker_sid
        AND r.task_channel_sid = c.task_channel_sid AND r.status IN ('pending', 'accepted', 'wrapping')
      WHERE c.workspace_sid = ?
      GROUP BY c.worker_sid, c.task_channel_sid, c.reserved, c.capacity
      HAVING count(r.sid) <> c.reserved OR c.reserved > c.capacity
      """;

  private final JdbcClient rows;
  private final String workspace;

  Tables(Database database, String workspace) {
    this.rows = database.rows();
    this.workspace = workspace;
  }

  List<Task> tasks() {
    return ask(TASKS).query(Task.class).list();
  }

  List<Reservation> reservations() {
    return ask(RESERVATIONS).query(Reservation.class).list();
  }

  /** The sid of the newest reservation; sids grow with time. */
  String newestReservation() {
    return ask(NEWEST).query(String.class).single();
  }

  /** When the first reservation was made after that one, at that instant or later. */
  Optional<Instant> firstReservation(String after, Instant since) {
    return ask(FIRST_SINCE, after, Timestamp.from(since))
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }

  /** How many tasks have not come to where they are to rest. */
  long unsettled() {
    return ask(UNSETTLED).query(Long.class).single();
  }

  /** Of how many tasks the engine does not know yet where they stand. */
  long untold() {
    return ask(UNTOLD).query(Long.class).single();
  }

  long reservationsMade(Instant from, Instant to) {
    return ask(MADE, Timestamp.from(from), Timestamp.from(to)).query(Long.class).single();
  }

  /** The longest time without a new reservation. */
  Duration longestSilence(Instant from, Instant to) {
    var begin = Timestamp.from(from);
    var end = Timestamp.from(to);
    var seconds = ask(LONGEST_SILENCE, begin, end, begin, end).query(Double.class).single();
    return Duration.ofMillis((long) (seconds * 1000));
  }

  /** Tasks that were offered to, or with, two workers at once, by the order of their events. */
  List<String> withTwo() {
    return ask(WITH_TWO).query(String.class).list();
  }

  List<String> acceptedTwice() {
    return ask(ACCEPTED_TWICE).query(String.class).list();
  }

  /** Tasks of whose events one is missing. */
  List<String> gaps() {
    return ask(GAPS).query(String.class).list();
  }

  /** Workers whose taken units are not those of their reservations. */
  List<String> miscounted() {
    return ask(MISCOUNTED).query(String.class).list();
  }

  /**
   * What autovacuum does on its own within minutes; until then the plans are those of empty tables.
   */
  void analyze() {
    rows.sql("ANALYZE").update();
  }

  /** The first parameter is the workspace. */
  private StatementSpec ask(String sql, Object... more) {
    return rows.sql(sql).param(workspace).params(more);
  }
}
