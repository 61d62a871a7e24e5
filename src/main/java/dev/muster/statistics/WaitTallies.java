package dev.muster.statistics;

import dev.muster.statistics.Waits.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** How long tasks waited. Complete up to the last commit, in the steps of {@link Waits#within}. */
@Repository
class WaitTallies {

  private static final String ONE_BY_ONE =
      "SELECT c.subject_sid, c.type, c.since, c.step, 1::bigint, NULL::integer[] FROM ";

  static final String COUNT =
      """
      SELECT c.subject_sid, c.type, c.since, NULL::integer AS step, NULL::bigint AS once, c.times
      FROM %2$s
      UNION ALL
      %1$s %3$s
      UNION ALL
      %1$s %4$s
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
    var waits = new HashMap<String, Waits>();
    CountedTime.statement(jdbc, COUNT, question, SHORTEST)
        .param("subjects", subjects.toArray(String[]::new))
        .query(
            row -> {
              var kind = new Kind(row.getString("type"), row.getString("since"));
              var ofSubject =
                  waits.computeIfAbsent(row.getString("subject_sid"), subject -> new Waits());
              var times = row.getArray("times");
              if (times == null) {
                ofSubject.add(kind, row.getInt("step"), row.getLong("once"));
              } else {
                ofSubject.add(kind, (Integer[]) times.getArray());
              }
            });
    return waits;
  }
}
