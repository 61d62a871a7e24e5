package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.task.TaskStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Which of the {@link HandedTasks} are over, and whose process does not know it yet. */
@Repository
class TaskResults {

  private static final String CLAIM =
      """
      WITH due AS (
        SELECT job_key FROM handed_task
        WHERE ended_at IS NOT NULL AND told_at IS NULL
          AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
        ORDER BY ended_at LIMIT :limit FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE handed_task h SET claimed_until = clock_timestamp() + make_interval(secs => :lease)
        FROM due WHERE h.job_key = due.job_key
        RETURNING h.*
      )
      SELECT c.job_key, c.task_sid, coalesce(c.status, t.status) AS status, coalesce(c.reason, t.reason) AS reason,
             coalesce(c.attributes, t.attributes) AS attributes, coalesce(c.worker_sid, r.worker_sid) AS worker_sid
      FROM claimed c
      LEFT JOIN task t ON c.status IS NULL AND t.workspace_sid = c.workspace_sid AND t.sid = c.task_sid
      LEFT JOIN LATERAL (
        SELECT worker_sid FROM reservation r
        WHERE c.status IS NULL AND r.workspace_sid = c.workspace_sid AND r.task_sid = c.task_sid
          AND r.status = 'completed'
        ORDER BY r.sid DESC LIMIT 1
      ) r ON true
      """;

  private static final String TOLD =
      """
      UPDATE handed_task SET told_at = clock_timestamp(), claimed_until = NULL
      WHERE job_key = ANY(:jobs)
      """;

  private static final String FORGET =
      "DELETE FROM handed_task WHERE told_at < clock_timestamp() - interval '1 day'";

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final ProcessSettings settings;

  TaskResults(JdbcClient jdbc, ObjectMapper json, ProcessSettings settings) {
    this.jdbc = jdbc;
    this.json = json;
    this.settings = settings;
  }

  /**
   * Takes up to {@code limit} ended tasks for {@link ProcessSettings#lease}, those that ended
   * first.
   */
  List<TaskResult> claim(int limit) {
    return jdbc.sql(CLAIM)
        .param("limit", limit)
        .param("lease", settings.lease().toMillis() / 1000.0)
        .query(this::handed)
        .list();
  }

  private TaskResult handed(ResultSet row, int number) throws SQLException {
    var status = row.getString("status");
    var attributes = Objects.requireNonNullElse(row.getString("attributes"), "{}");
    return new TaskResult(
        row.getLong("job_key"),
        new TaskSid(row.getString("task_sid")),
        status == null ? TaskStatus.CANCELED : TaskStatus.valueOf(status.toUpperCase(Locale.ROOT)),
        row.getString("reason"),
        json.readValue(attributes, new TypeReference<Map<String, Object>>() {}),
        row.getString("worker_sid"));
  }

  /** Notes that the processes know. */
  void told(List<Long> jobs) {
    jdbc.sql(TOLD).param("jobs", jobs.toArray(Long[]::new)).update();
  }

  /**
   * Removes what was told long ago; until then a job that comes late finds that it is nobody's any
   * more.
   */
  @Scheduled(fixedDelayString = "1h")
  void forget() {
    jdbc.sql(FORGET).update();
  }
}
