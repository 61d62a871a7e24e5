package dev.muster.statistics;

import dev.muster.queue.TaskQueueSid;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What workers do now. */
@Repository
class Staff {

  static final String OF_WORKSPACE =
      """
      SELECT a.sid, a.friendly_name, a.available,
        (SELECT count(*) FROM worker w WHERE w.workspace_sid = a.workspace_sid AND w.activity_sid = a.sid
           AND (:workers::text[] IS NULL OR w.sid = ANY(:workers))) AS workers
      FROM activity a WHERE a.workspace_sid = :workspace ORDER BY a.sid
      """;

  static final String OF_QUEUES =
      """
      SELECT m.task_queue_sid, w.activity_sid, count(*) AS workers
      FROM queue_member m
      JOIN worker w ON w.workspace_sid = m.workspace_sid AND w.sid = m.worker_sid
      WHERE m.workspace_sid = :workspace AND m.task_queue_sid = ANY(:queues)
      GROUP BY 1, 2
      """;

  private static final String CHOSEN =
      """
      SELECT w.sid FROM worker w
      WHERE w.workspace_sid = :workspace
        AND (:name::text IS NULL OR lower(w.friendly_name) = lower(:name))
        AND (:queue::text IS NULL AND :queueName::text IS NULL OR EXISTS (
          SELECT FROM queue_member m
          JOIN task_queue q ON q.workspace_sid = m.workspace_sid AND q.sid = m.task_queue_sid
          WHERE m.workspace_sid = w.workspace_sid AND m.worker_sid = w.sid
            AND (:queue::text IS NULL OR q.sid = :queue)
            AND (:queueName::text IS NULL OR lower(q.friendly_name) = lower(:queueName))))
      """;

  private final JdbcClient jdbc;

  Staff(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The sids of the workers who have that name and are members of that queue; empty if neither is
   * asked for, since then it is all of them.
   */
  Optional<List<String>> chosen(
      WorkspaceSid workspace,
      @Nullable String name,
      @Nullable TaskQueueSid queue,
      @Nullable String queueName) {
    if (isBlank(name) && queue == null && isBlank(queueName)) {
      return Optional.empty();
    }
    return Optional.of(
        jdbc.sql(CHOSEN)
            .param("workspace", workspace.value())
            .param("name", isBlank(name) ? null : name)
            .param("queue", queue == null ? null : queue.value())
            .param("queueName", isBlank(queueName) ? null : queueName)
            .query(String.class)
            .list());
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** The workers of the workspace by activity. */
  WorkersNow of(WorkspaceSid workspace) {
    return of(workspace, Optional.empty());
  }

  /** Workers by activity: those with these sids, or all of the workspace. */
  WorkersNow of(WorkspaceSid workspace, Optional<List<String>> workers) {
    return new WorkersNow(
        jdbc.sql(OF_WORKSPACE)
            .param("workspace", workspace.value())
            .param("workers", workers.map(sids -> sids.toArray(String[]::new)).orElse(null))
            .query(
                (row, number) ->
                    new WorkersNow.InActivity(
                        new ActivitySid(row.getString("sid")),
                        row.getString("friendly_name"),
                        row.getBoolean("available"),
                        row.getLong("workers")))
            .list());
  }

  /** The members of each of the queues by activity; every queue is in the answer. */
  Map<String, WorkersNow> ofQueues(WorkspaceSid workspace, Collection<String> queues) {
    var counts = new HashMap<String, Map<String, Long>>();
    jdbc.sql(OF_QUEUES)
        .param("workspace", workspace.value())
        .param("queues", queues.toArray(String[]::new))
        .query(
            row -> {
              counts
                  .computeIfAbsent(row.getString("task_queue_sid"), queue -> new HashMap<>())
                  .put(row.getString("activity_sid"), row.getLong("workers"));
            });
    var nobody = of(workspace, Optional.of(List.of()));
    var members = new HashMap<String, WorkersNow>();
    queues.forEach(queue -> members.put(queue, nobody.with(counts.getOrDefault(queue, Map.of()))));
    return members;
  }
}
