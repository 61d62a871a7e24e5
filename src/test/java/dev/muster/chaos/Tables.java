package dev.muster.chaos;

import dev.muster.local.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL remembers; read over a new connection each time, since servers are killed. */
final class Tables {

  /** A task with what its creator wrote into it. */
  record Task(String sid, long number, Kind kind, String status, String reason) {}

  record Reservation(String sid, String task, String worker, String status) {}

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static final String TASKS =
      """
      SELECT sid, status, coalesce(reason, '') AS reason, attributes::json ->> 'number' AS number,
             attributes::json ->> 'kind' AS kind
      FROM task WHERE workspace_sid = ? ORDER BY sid
      """;

  private static final String RESERVATIONS =
      "SELECT sid, task_sid, worker_sid, status FROM reservation WHERE workspace_sid = ? ORDER BY sid";

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

  private final Database database;
  private final String workspace;

  Tables(Database database, String workspace) {
    this.database = database;
    this.workspace = workspace;
  }

  List<Task> tasks() {
    return read(
        TASKS,
        row ->
            new Task(
                row.getString("sid"),
                row.getLong("number"),
                Kind.valueOf(row.getString("kind")),
                row.getString("status"),
                row.getString("reason")));
  }

  List<Reservation> reservations() {
    return read(
        RESERVATIONS,
        row ->
            new Reservation(
                row.getString("sid"),
                row.getString("task_sid"),
                row.getString("worker_sid"),
                row.getString("status")));
  }

  /** The sid of the newest reservation; sids grow with time. */
  String newestReservation() {
    return read(NEWEST, row -> row.getString(1)).get(0);
  }

  /** When the first reservation was made after that one, at that instant or later. */
  Optional<Instant> firstReservation(String after, Instant since) {
    return read(FIRST_SINCE, row -> row.getTimestamp(1).toInstant(), after, Timestamp.from(since))
        .stream()
        .findFirst();
  }

  /** How many tasks have not come to where they are to rest. */
  long unsettled() {
    return read(UNSETTLED, row -> row.getLong(1)).get(0);
  }

  /** Of how many tasks the engine does not know yet where they stand. */
  long untold() {
    return read(UNTOLD, row -> row.getLong(1)).get(0);
  }

  long reservationsMade(Instant from, Instant to) {
    return read(MADE, row -> row.getLong(1), Timestamp.from(from), Timestamp.from(to)).get(0);
  }

  /** The longest time without a new reservation. */
  Duration longestSilence(Instant from, Instant to) {
    var begin = Timestamp.from(from);
    var end = Timestamp.from(to);
    return read(
            LONGEST_SILENCE,
            row -> Duration.ofMillis((long) (row.getDouble(1) * 1000)),
            begin,
            end,
            begin,
            end)
        .get(0);
  }

  /** Tasks that were offered to, or with, two workers at once, by the order of their events. */
  List<String> withTwo() {
    return read(WITH_TWO, row -> row.getString(1));
  }

  List<String> acceptedTwice() {
    return read(ACCEPTED_TWICE, row -> row.getString(1));
  }

  /** Tasks of whose events one is missing. */
  List<String> gaps() {
    return read(GAPS, row -> row.getString(1));
  }

  /** Workers whose taken units are not those of their reservations. */
  List<String> miscounted() {
    return read(MISCOUNTED, row -> row.getString(1));
  }

  /**
   * What autovacuum does on its own within minutes; until then the plans are those of empty tables.
   */
  void analyze() {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("ANALYZE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first parameter is the workspace. */
  private <T> List<T> read(String sql, Row<T> row, Object... more) {
    try (var connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, workspace);
      for (var i = 0; i < more.length; i++) {
        statement.setObject(i + 2, more[i]);
      }
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.url(), database.username(), database.password());
  }
}
