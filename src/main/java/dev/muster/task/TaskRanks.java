package dev.muster.task;

import dev.muster.queue.TaskOrderChanged;
import dev.muster.workspace.TaskDoor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The order of the tasks in a queue: lower ranks first. FIFO goes by priority and then by virtual
 * start, LIFO by virtual start alone.
 */
@Repository
class TaskRanks {

  /**
   * Ranks a task of queue {@code q} by its new {@code :priority} and {@code :virtualStartMicros}.
   */
  static final String SET =
      """
      rank_priority = CASE q.task_order WHEN 'FIFO' THEN -:priority ELSE 0 END,
      rank_time = CASE q.task_order WHEN 'FIFO' THEN :virtualStartMicros ELSE -:virtualStartMicros END
      """;

  /** Holds the tasks in the order of their sids, as everyone does who changes several. */
  private static final String RANK_ALL =
      """
      WITH held AS MATERIALIZED (
        SELECT sid FROM task
        WHERE workspace_sid = :workspace AND task_queue_sid = :queue
          AND status IN ('pending', 'reserved', 'assigned', 'wrapping')
          AND (status IN ('pending', 'reserved') OR transfer IS NOT NULL)
        ORDER BY sid FOR NO KEY UPDATE)
      UPDATE task t SET
        rank_priority = CASE :order WHEN 'FIFO' THEN -t.priority ELSE 0 END,
        rank_time = (extract(epoch FROM t.virtual_start_at) * 1000000)::bigint
          * CASE :order WHEN 'FIFO' THEN 1 ELSE -1 END
      FROM held WHERE t.workspace_sid = :workspace AND t.sid = held.sid
      """;

  private final JdbcClient jdbc;
  private final TaskLog log;

  TaskRanks(JdbcClient jdbc, TaskLog log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  /** No task comes to the queue meanwhile that was ranked by the former order. */
  @EventListener
  void on(TaskOrderChanged change) {
    TaskDoor.close(jdbc, change.workspace());
    jdbc.sql(RANK_ALL)
        .param("workspace", change.workspace().value())
        .param("queue", change.queue().value())
        .param("order", change.order().name())
        .update();
    log.workAvailable(change.workspace());
  }

  static long micros(Instant virtualStart) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, virtualStart);
  }
}
