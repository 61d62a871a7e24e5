package dev.muster.statistics;

import dev.muster.statistics.TasksNow.Group;
import dev.muster.statistics.TasksNow.Oldest;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The tasks that are not over, counted as they are now. */
@Repository
class LiveTasks {

  private static final String COUNT =
      """
      SELECT %1$s AS subject_sid, status, priority, count(*) AS tasks
      FROM task
      WHERE workspace_sid = :workspace AND %1$s = ANY(:subjects)
        AND status IN ('pending', 'reserved', 'assigned', 'wrapping')
        AND (:channel::text IS NULL OR task_channel_sid = :channel)
      GROUP BY 1, 2, 3
      """;

  private static final String OLDEST =
      """
      SELECT s.subject_sid, t.sid, t.since
      FROM unnest(:subjects::text[]) AS s (subject_sid)
      CROSS JOIN LATERAL (
        SELECT sid, %2$s AS since FROM task
        WHERE workspace_sid = :workspace AND %1$s = s.subject_sid
          AND status IN ('pending', 'reserved')
          AND (:channel::text IS NULL OR task_channel_sid = :channel)
        ORDER BY %2$s, sid LIMIT 1) AS t
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  LiveTasks(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  static String count(Scope scope) {
    return COUNT.formatted(scope.column());
  }

  /** The task that waits longest, since its creation. */
  static String oldest(Scope scope) {
    return OLDEST.formatted(scope.column(), "created_at");
  }

  /** The task that waits longest in a queue. */
  static String oldestInQueue() {
    return OLDEST.formatted(Scope.QUEUE.column(), "queue_entered_at");
  }

  /**
   * The tasks of each of the subjects, every one of which is in the answer.
   *
   * @param channel sid of their task channel; null for any
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  Map<String, TasksNow> of(
      WorkspaceSid workspace, Scope scope, Collection<String> subjects, @Nullable String channel) {
    var groups = new HashMap<String, List<Group>>();
    statement(count(scope), workspace, subjects, channel)
        .query(
            row -> {
              groups
                  .computeIfAbsent(row.getString("subject_sid"), subject -> new ArrayList<>())
                  .add(
                      new Group(
                          row.getString("status"), row.getInt("priority"), row.getLong("tasks")));
            });
    var oldest = oldest(statement(oldest(scope), workspace, subjects, channel));
    var tasks = new HashMap<String, TasksNow>();
    subjects.forEach(
        subject ->
            tasks.put(
                subject,
                new TasksNow(
                    groups.getOrDefault(subject, List.of()),
                    oldest.getOrDefault(subject, Oldest.NONE))));
    return tasks;
  }

  /** For each of the queues in which tasks wait, the one that has been there longest. */
  @Transactional(readOnly = true)
  Map<String, Oldest> longestInQueue(
      WorkspaceSid workspace, Collection<String> queues, @Nullable String channel) {
    return oldest(statement(oldestInQueue(), workspace, queues, channel));
  }

  private Map<String, Oldest> oldest(JdbcClient.StatementSpec statement) {
    var now = clock.instant();
    var oldest = new HashMap<String, Oldest>();
    statement.query(
        row -> {
          var since = row.getTimestamp("since").toInstant();
          oldest.put(
              row.getString("subject_sid"), new Oldest(row.getString("sid"), age(since, now)));
        });
    return oldest;
  }

  private static long age(Instant since, Instant now) {
    return Math.max(0, Duration.between(since, now).toSeconds());
  }

  private JdbcClient.StatementSpec statement(
      String sql, WorkspaceSid workspace, Collection<String> subjects, @Nullable String channel) {
    return jdbc.sql(sql)
        .param("workspace", workspace.value())
        .param("subjects", subjects.toArray(String[]::new))
        .param("channel", channel);
  }
}
