package dev.muster.event;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads the log between two snapshots. So nothing is lost to transactions that begin in one order
 * and commit in another, and none waits for the others: an event is told as soon as it is visible,
 * and what it follows from is visible with it.
 */
@Repository
class EventReader {

  static final int PAGE = 1000;

  private static final String BETWEEN =
      """
      SELECT * FROM event
      WHERE workspace_sid = :workspace
        AND tx >= pg_snapshot_xmin(:from::pg_snapshot) AND tx < pg_snapshot_xmax(:to::pg_snapshot)
        AND NOT pg_visible_in_snapshot(tx, :from::pg_snapshot) AND pg_visible_in_snapshot(tx, :to::pg_snapshot)
        AND feed_number > :after
      ORDER BY feed_number
      LIMIT :page
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  EventReader(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Position now() {
    return new Position(
        jdbc.sql("SELECT pg_current_snapshot()::text").query(String.class).single());
  }

  /** The first {@link #PAGE} events beyond {@code after} that came between the positions. */
  List<RecordedEvent> between(String workspaceSid, Position from, Position to, long after) {
    return jdbc.sql(BETWEEN)
        .param("workspace", workspaceSid)
        .param("from", from.snapshot())
        .param("to", to.snapshot())
        .param("after", after)
        .param("page", PAGE)
        .query((row, number) -> RecordedEvent.of(row, json))
        .list();
  }
}
