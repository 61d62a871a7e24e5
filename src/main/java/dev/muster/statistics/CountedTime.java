package dev.muster.statistics;

import dev.muster.statistics.Window.Piece;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The window of a question as a statement reads it: its whole spans in the tallies, its edges in
 * the events, and those events of its whole spans that are in no tally yet.
 */
final class CountedTime {

  private static final String OF_CHANNEL =
      "(:channel::text IS NULL OR c.task_channel_sid = :channel)";

  private static final String ASKED_FOR =
      "c.workspace_sid = :workspace AND c.subject_sid = ANY(:subjects) AND " + OF_CHANNEL;

  /** Subject by subject, or else the planner reads the spans of all subjects that there are. */
  private static final String WHOLES =
      """
      unnest(:spans::text[], :begins::timestamptz[], :ends::timestamptz[]) AS w (span, begins, ends)
      CROSS JOIN unnest(:subjects::text[]) AS asked (subject_sid)
      CROSS JOIN LATERAL (
        SELECT * FROM %2$s c
        WHERE c.workspace_sid = :workspace AND c.subject_sid = asked.subject_sid
          AND c.span = w.span AND c.starts_at >= w.begins AND c.starts_at < w.ends AND %1$s
        OFFSET 0) AS c
      """;

  private static final String EDGES =
      """
      unnest(:edgesBegin::timestamptz[], :edgesEnd::timestamptz[]) AS w (begins, ends)
      CROSS JOIN LATERAL (
        SELECT * FROM %2$s c WHERE c.at >= w.begins AND c.at < w.ends AND %1$s
        OFFSET 0) AS c
      """;

  private static final String TAIL =
      """
      (SELECT * FROM %2$s c WHERE c.tx >= CAST(:countedBefore AS xid8) AND %1$s OFFSET 0) AS c
      WHERE c.at >= :wholesBegin AND c.at < :wholesEnd
      """;

  private static final String COUNTED_BEFORE = "SELECT counted_before::text FROM tally_progress";

  private CountedTime() {}

  /** What the whole spans have in a table of tallies: rows {@code c}, to follow FROM. */
  static String tallied(String table) {
    return WHOLES.formatted(OF_CHANNEL, table);
  }

  /** What the edges have in a view of events: rows {@code c}, to follow FROM. */
  static String atTheEdges(String view) {
    return EDGES.formatted(ASKED_FOR, view);
  }

  /** What a view of events has of the whole spans and no tally has yet: rows {@code c}. */
  static String notTallied(String view) {
    return TAIL.formatted(ASKED_FOR, view);
  }

  /**
   * Prepares a statement that uses the fragments of this class. To be called, and the statement
   * run, in one transaction that sees one state of the database throughout.
   *
   * @param shortest the shortest spans that the tallies have
   */
  static StatementSpec statement(JdbcClient jdbc, String sql, Question question, Span shortest) {
    var countedBefore = jdbc.sql(COUNTED_BEFORE).query(String.class).single();
    var wholes = question.window().wholes(shortest);
    var edges = question.window().edges(shortest);
    var start = question.window().start();
    return jdbc.sql(sql)
        .param("workspace", question.workspace().value())
        .param("channel", question.channel())
        .param("spans", texts(wholes, Piece::span))
        .param("begins", texts(wholes, Piece::begins))
        .param("ends", texts(wholes, Piece::ends))
        .param("edgesBegin", texts(edges, Piece::begins))
        .param("edgesEnd", texts(edges, Piece::ends))
        .param("countedBefore", countedBefore)
        .param("wholesBegin", time(wholes.isEmpty() ? start : wholes.getFirst().begins()))
        .param("wholesEnd", time(wholes.isEmpty() ? start : wholes.getLast().ends()));
  }

  private static Object time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String[] texts(List<Piece> pieces, Function<Piece, Object> text) {
    return pieces.stream().map(text).map(Object::toString).toArray(String[]::new);
  }
}
