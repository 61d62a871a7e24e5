package dev.muster.explanation;

import dev.muster.task.Task;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.worker.WorkerSid;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The workers whom a task could be offered to. */
@Repository
class Colleagues {

  private static final String FACTS =
      """
      SELECT w.sid, w.friendly_name, w.attributes, w.activity_sid, w.available, a.friendly_name AS activity_name,
        m.worker_sid IS NOT NULL AS member, t.unique_name AS channel_name, c.available AS channel_available,
        c.capacity, c.reserved, r.status AS reservation
      """;

  private static final String AROUND =
      """
      JOIN activity a ON a.workspace_sid = w.workspace_sid AND a.sid = w.activity_sid
      JOIN worker_channel c ON c.workspace_sid = w.workspace_sid AND c.worker_sid = w.sid AND c.task_channel_sid = :channel
      JOIN task_channel t ON t.workspace_sid = c.workspace_sid AND t.sid = c.task_channel_sid
      LEFT JOIN (
        SELECT DISTINCT ON (worker_sid) worker_sid, status
        FROM reservation WHERE workspace_sid = :workspace AND task_sid = :task
        ORDER BY worker_sid, sid DESC) r ON r.worker_sid = w.sid
      """;

  private static final String MEMBERS =
      FACTS
          + """
          FROM queue_member m JOIN worker w ON w.workspace_sid = m.workspace_sid AND w.sid = m.worker_sid
          """
          + AROUND
          + "WHERE m.workspace_sid = :workspace AND m.task_queue_sid = :queue";

  private static final String ANYONE =
      FACTS
          + """
          FROM worker w LEFT JOIN queue_member m
            ON m.workspace_sid = w.workspace_sid AND m.worker_sid = w.sid AND m.task_queue_sid = :queue
          """
          + AROUND
          + "WHERE w.workspace_sid = :workspace AND ";

  private final JdbcClient jdbc;

  Colleagues(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The members of the task's queue, in the order of their creation. */
  Page<Colleague> members(Task task, PageRequest page) {
    return Listing.of(jdbc, MEMBERS, "m.worker_sid", Colleague::of)
        .with("workspace", task.workspace().value())
        .with("queue", task.queue().value())
        .with("channel", task.channel().value())
        .with("task", task.sid().value())
        .page(page, colleague -> colleague.sid().value());
  }

  /** One worker of the workspace, member of the queue or not. */
  Optional<Colleague> find(Task task, WorkerSid worker) {
    return one(task, "w.sid = :worker", worker.value());
  }

  /** The worker of exactly this name, member of the queue or not. */
  Optional<Colleague> named(Task task, String name) {
    return one(task, "lower(w.friendly_name) = lower(:worker) AND w.friendly_name = :worker", name);
  }

  private Optional<Colleague> one(Task task, String condition, String worker) {
    return jdbc.sql(ANYONE + condition)
        .param("workspace", task.workspace().value())
        .param("queue", task.queue().value())
        .param("channel", task.channel().value())
        .param("task", task.sid().value())
        .param("worker", worker)
        .query(Colleague::of)
        .optional();
  }
}
