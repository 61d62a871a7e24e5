package dev.muster.event;

import java.sql.ResultSet;
import java.sql.SQLException;
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
      FROM event
      WHERE workspace_sid = :workspace
        AND tx >= pg_snapshot_xmin(:from::pg_snapshot) AND tx < pg_snapshot_xmax(:to::pg_snapshot)
        AND NOT pg_visible_in_snapshot(tx, :from::pg_snapshot) AND pg_visible_in_snapshot(tx, :to::pg_snapshot)
      """;

  private static final String FIRST = "SELECT * " + BETWEEN + "ORDER BY feed_number LIMIT :page";

  private static final String PAGES =
      """
      SELECT min(number) AS first, max(number) AS last, min(tx) AS first_tx, max(tx) AS last_tx FROM (
        SELECT feed_number AS number, tx::text::bigint AS tx, row_number() OVER (ORDER BY feed_number) - 1 AS nth
      """
          + BETWEEN
          + """
            AND feed_number > :after) later
          GROUP BY nth / :page ORDER BY first
          """;

  static final String PAGE_OF =
      "SELECT * "
          + BETWEEN
          + """
          AND tx >= :firstTx::text::xid8 AND tx <= :lastTx::text::xid8 AND feed_number BETWEEN :first AND :last
          ORDER BY feed_number
          """;

  /**
   * Events of which no others come in between.
   *
   * @param first and {@code last}: their numbers
   * @param firstTx and {@code lastTx}: the transactions between which theirs lie; numbers are given
   *     out as time goes by, so these are few, but for a transaction that took long
   */
  record Page(long first, long last, long firstTx, long lastTx) {

    static Page of(ResultSet row, int number) throws SQLException {
      return new Page(
          row.getLong("first"),
          row.getLong("last"),
          row.getLong("first_tx"),
          row.getLong("last_tx"));
    }
  }

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

  /** The first {@link #PAGE} events that came between the positions. */
  List<RecordedEvent> first(String workspaceSid, Position from, Position to) {
    return between(FIRST, workspaceSid, from, to)
        .param("page", PAGE)
        .query((row, number) -> RecordedEvent.of(row, json))
        .list();
  }

  /**
   * Where to find those beyond {@code after} that came between the positions. It reads them all, so
   * that no page has to.
   */
  List<Page> pages(String workspaceSid, Position from, Position to, long after) {
    return between(PAGES, workspaceSid, from, to)
        .param("after", after)
        .param("page", PAGE)
        .query(Page::of)
        .list();
  }

  /** Those of a page; fewer than there were if they are older than events are kept. */
  List<RecordedEvent> read(String workspaceSid, Position from, Position to, Page page) {
    return between(PAGE_OF, workspaceSid, from, to)
        .param("firstTx", page.firstTx())
        .param("lastTx", page.lastTx())
        .param("first", page.first())
        .param("last", page.last())
        .query((row, number) -> RecordedEvent.of(row, json))
        .list();
  }

  private JdbcClient.StatementSpec between(
      String sql, String workspaceSid, Position from, Position to) {
    return jdbc.sql(sql)
        .param("workspace", workspaceSid)
        .param("from", from.snapshot())
        .param("to", to.snapshot());
  }
}
