package dev.muster.statistics;

import dev.muster.statistics.Figures.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** How often things happened. Exact, and complete up to the last commit. */
@Repository
class Tallies {

  private static final String ONE_BY_ONE =
      """
      SELECT c.subject_sid, c.type, 1::bigint, (c.millis IS NOT NULL)::int::bigint, coalesce(c.millis, 0), c.millis, c.millis,
        (c.in_queue_millis IS NOT NULL)::int::bigint, coalesce(c.in_queue_millis, 0), c.in_queue_millis, c.in_queue_millis
      FROM
      """;

  static final String COUNT =
      """
      WITH part (subject_sid, type, times, measured, total, least, most, in_queue, in_queue_total, in_queue_least,
          in_queue_most) AS (
        SELECT c.subject_sid, c.type, c.times, c.measured, c.total_millis, c.least_millis, c.most_millis,
          c.in_queue_measured, c.in_queue_total_millis, c.in_queue_least_millis, c.in_queue_most_millis
        FROM %2$s
        UNION ALL
        %1$s %3$s
        UNION ALL
        %1$s %4$s)
      SELECT subject_sid, type, sum(times) AS times, sum(measured) AS measured, sum(total) AS total,
        min(least) AS least, max(most) AS most, sum(in_queue) AS in_queue, sum(in_queue_total) AS in_queue_total,
        min(in_queue_least) AS in_queue_least, max(in_queue_most) AS in_queue_most
      FROM part GROUP BY subject_sid, type
      """
          .formatted(
              ONE_BY_ONE,
              CountedTime.tallied("tally"),
              CountedTime.atTheEdges("countable"),
              CountedTime.notTallied("countable"));

  private final JdbcClient jdbc;

  Tallies(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What happened to each of the subjects: the workspace itself, queues or workflows, by sid. Those
   * to which nothing happened are missing.
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  Map<String, Figures> of(Collection<String> subjects, Question question) {
    return count(subjects, question, Span.MINUTE);
  }

  /** What happened to each of the workers, by sid. Those to whom nothing happened are missing. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  Map<String, Figures> ofWorkers(Collection<String> workers, Question question) {
    return count(workers, question, Span.HOUR);
  }

  private Map<String, Figures> count(
      Collection<String> subjects, Question question, Span shortest) {
    var found = new HashMap<String, Map<String, Tally>>();
    CountedTime.statement(jdbc, COUNT, question, shortest)
        .param("subjects", subjects.toArray(String[]::new))
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getString("subject_sid"), subject -> new HashMap<>())
                  .put(row.getString("type"), tally(row));
            });
    var figures = new HashMap<String, Figures>();
    found.forEach((subject, byType) -> figures.put(subject, new Figures(byType)));
    return figures;
  }

  private static Tally tally(ResultSet row) throws SQLException {
    return new Tally(
        row.getLong("times"),
        new Durations(
            row.getLong("measured"),
            row.getLong("total"),
            row.getLong("least"),
            row.getLong("most")),
        new Durations(
            row.getLong("in_queue"),
            row.getLong("in_queue_total"),
            row.getLong("in_queue_least"),
            row.getLong("in_queue_most")));
  }
}
