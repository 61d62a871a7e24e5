package dev.muster.statistics;

import dev.muster.statistics.Waits.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** How long tasks waited. Complete up to the last commit, in the steps of {@link Waits#within}. */
@Repository
class WaitTallies {

  private static final String ONE_BY_ONE =
      "SELECT c.subject_sid, c.type, c.since, c.up_to_seconds, 1::bigint FROM ";

  static final String COUNT =
      """
      WITH part (subject_sid, type, since, up_to_seconds, times) AS (
        SELECT c.subject_sid, c.type, c.since, c.up_to_seconds, c.times
        FROM %2$s
        UNION ALL
        %1$s %3$s
        UNION ALL
        %1$s %4$s)
      SELECT subject_sid, type, since, up_to_seconds, sum(times) AS times
      FROM part GROUP BY subject_sid, type, since, up_to_seconds
      """
          .formatted(
              ONE_BY_ONE,
              CountedTime.tallied("wait_tally"),
              CountedTime.atTheEdges("countable_wait"),
              CountedTime.notTallied("countable_wait"));

  static final Span SHORTEST = Span.HOUR;

  private final JdbcClient jdbc;

  WaitTallies(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The waits of each of the subjects: the workspace itself, queues or workflows, by sid. Those for
   * which nothing waited are missing.
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  Map<String, Waits> of(Collection<String> subjects, Question question) {
    var found = new HashMap<String, List<Step>>();
    CountedTime.statement(jdbc, COUNT, question, SHORTEST)
        .param("subjects", subjects.toArray(String[]::new))
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getString("subject_sid"), subject -> new ArrayList<>())
                  .add(
                      new Step(
                          row.getString("type"),
                          row.getString("since"),
                          row.getInt("up_to_seconds"),
                          row.getLong("times")));
            });
    var waits = new HashMap<String, Waits>();
    found.forEach((subject, steps) -> waits.put(subject, new Waits(steps)));
    return waits;
  }
}
