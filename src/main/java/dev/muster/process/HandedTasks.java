package dev.muster.process;

import dev.muster.task.TaskChanged;
import dev.muster.task.TaskIntake;
import dev.muster.task.TaskStatus;
import dev.muster.workspace.WorkspaceDeleted;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Tasks that processes hand to people: one for each job, however often the job comes. */
@Repository
class HandedTasks {

  private static final String TAKE =
      """
      INSERT INTO handed_task (job_key, workspace_sid) VALUES (:job, :workspace)
      ON CONFLICT (job_key) DO NOTHING
      """;

  private static final String NAME =
      """
      UPDATE handed_task SET task_sid = :task
      WHERE workspace_sid = :workspace AND job_key = :job
      """;

  private static final String REMEMBER =
      """
      WITH over AS (
        UPDATE handed_task h SET ended_at = coalesce(h.ended_at, clock_timestamp()), told_at = NULL
        WHERE h.job_key = :job AND NOT EXISTS (
          SELECT 1 FROM task t
          WHERE t.workspace_sid = h.workspace_sid AND t.sid = h.task_sid
            AND t.status IN ('pending', 'reserved', 'assigned', 'wrapping'))
      )
      SELECT EXISTS (SELECT 1 FROM handed_task WHERE job_key = :job)
      """;

  // The reservation of who completed the task may follow it a moment later.
  private static final String ENDED =
      """
      UPDATE handed_task h
      SET ended_at = clock_timestamp(), status = :status, reason = :reason, attributes = :attributes, worker_sid = (
        SELECT worker_sid FROM reservation r
        WHERE :status = 'completed' AND r.workspace_sid = h.workspace_sid AND r.task_sid = h.task_sid
          AND r.status IN ('accepted', 'wrapping', 'completed')
        ORDER BY r.sid DESC LIMIT 1)
      WHERE workspace_sid = :workspace AND task_sid = :task AND ended_at IS NULL
      """;

  private static final String GONE =
      """
      UPDATE handed_task SET ended_at = clock_timestamp()
      WHERE workspace_sid = :workspace AND ended_at IS NULL
      """;

  private final JdbcClient jdbc;
  private final TaskIntake intake;
  private final AccessSettings access;

  HandedTasks(JdbcClient jdbc, TaskIntake intake, AccessSettings access) {
    this.jdbc = jdbc;
    this.intake = intake;
    this.access = access;
  }

  /**
   * Whether the job has come before. If its task is over, it has not heard of that, and is told
   * once more.
   */
  boolean remembers(long job) {
    return jdbc.sql(REMEMBER).param("job", job).query(Boolean.class).single();
  }

  /**
   * Creates the task that a job asks for, unless the job has come before.
   *
   * @throws dev.muster.web.Refused if there cannot be such a task
   */
  @Transactional
  void take(long job, Order order) {
    var workspace = order.workspace();
    if (jdbc.sql(TAKE).param("job", job).param("workspace", workspace.value()).update() == 0) {
      return;
    }
    var task = intake.create(workspace, order.parameters());
    jdbc.sql(NAME)
        .param("job", job)
        .param("workspace", workspace.value())
        .param("task", task.sid().value())
        .update();
  }

  /**
   * Notes what became of a task, which may be deleted before its process is told.
   *
   * <p>Without an account that processes may use there is nothing to note; tasks from earlier
   * settings are seen to when their jobs come again.
   */
  @EventListener
  void follow(TaskChanged change) {
    if (change.what() == TaskChanged.What.WRAPPING || access.accounts().isEmpty()) {
      return;
    }
    var task = change.task();
    var outcome =
        task.status() == TaskStatus.COMPLETED ? TaskStatus.COMPLETED : TaskStatus.CANCELED;
    jdbc.sql(ENDED)
        .param("workspace", task.workspace().value())
        .param("task", task.sid().value())
        .param("status", outcome.wireName())
        .param("reason", task.reason())
        .param("attributes", task.attributes())
        .update();
  }

  @EventListener
  void gone(WorkspaceDeleted deletion) {
    jdbc.sql(GONE).param("workspace", deletion.workspace().value()).update();
  }
}
