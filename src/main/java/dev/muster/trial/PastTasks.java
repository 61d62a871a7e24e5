package dev.muster.trial;

import dev.muster.trial.DryRuns.Tried;
import dev.muster.workflow.Plans;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Tasks that were, with the version of the workflow that each of them follows; without those whose
 * workflow was deleted.
 */
@Repository
class PastTasks {

  private static final String SELECT =
      """
      SELECT sid, attributes, priority, workflow_sid, workflow_version FROM task
      WHERE workspace_sid = :workspace
        AND EXISTS (SELECT 1 FROM workflow w WHERE w.workspace_sid = task.workspace_sid AND w.sid = task.workflow_sid)
        AND (:workflow::text IS NULL OR workflow_sid = :workflow)
        AND (:start::timestamptz IS NULL OR created_at >= :start)
        AND (:end::timestamptz IS NULL OR created_at < :end)
      ORDER BY sid DESC LIMIT :limit
      """;

  private final JdbcClient jdbc;
  private final Plans plans;

  PastTasks(JdbcClient jdbc, Plans plans) {
    this.jdbc = jdbc;
    this.plans = plans;
  }

  /** The last tasks of a period, or of all time; of one workflow, or of all. */
  List<Tried> read(
      WorkspaceSid workspace,
      @Nullable WorkflowSid workflow,
      @Nullable Instant start,
      @Nullable Instant end,
      int limit) {
    return jdbc.sql(SELECT)
        .param("workspace", workspace.value())
        .param("workflow", workflow == null ? null : workflow.value())
        .param("start", start == null ? null : start.atOffset(ZoneOffset.UTC))
        .param("end", end == null ? null : end.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query(
            (row, number) -> {
              var plan =
                  plans.get(
                      workspace,
                      WorkflowSid.of(row.getString("workflow_sid")),
                      row.getInt("workflow_version"));
              return new Tried(
                  row.getString("sid"), row.getString("attributes"), row.getInt("priority"), plan);
            })
        .list();
  }
}
