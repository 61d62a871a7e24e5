package dev.muster.workflow;

import dev.muster.event.Event;
import dev.muster.event.Events;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which BPMN process the tasks of a workflow get. Tasks keep the one they were created with. */
@Repository
public class WorkflowProcesses {

  private static final String PRESENT =
      "SELECT process_id FROM workflow WHERE workspace_sid = :workspace AND sid = :sid";

  private static final String NAME =
      """
      UPDATE workflow SET process_id = :process, updated_at = :now
      WHERE workspace_sid = :workspace AND sid = :sid
      RETURNING friendly_name
      """;

  private final JdbcClient jdbc;
  private final Events events;
  private final Clock clock;

  WorkflowProcesses(JdbcClient jdbc, Events events, Clock clock) {
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The process that the workflow names; empty if that is Muster's own.
   *
   * @throws Refused as not found if there is no such workflow
   */
  public Optional<ProcessId> find(WorkspaceSid workspace, WorkflowSid sid) {
    var rows =
        jdbc.sql(PRESENT)
            .param("workspace", workspace.value())
            .param("sid", sid.value())
            .query((row, number) -> Optional.ofNullable(row.getString("process_id")))
            .list();
    if (rows.isEmpty()) {
      throw Refused.notFound();
    }
    return rows.getFirst().map(ProcessId::new);
  }

  /**
   * Gives the tasks that are created from now on another process; null gives them Muster's own.
   *
   * @throws Refused as not found if there is no such workflow
   */
  @Transactional
  public void name(WorkspaceSid workspace, WorkflowSid sid, @Nullable ProcessId process) {
    var now = clock.instant();
    var workflowName =
        jdbc.sql(NAME)
            .param("workspace", workspace.value())
            .param("sid", sid.value())
            .param("process", process == null ? null : process.value())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(String.class)
            .optional()
            .orElseThrow(Refused::notFound);
    events.record(
        Event.of(
            workspace.value(),
            "workflow.updated",
            sid.value(),
            now,
            Map.of("workflow_sid", sid.value(), "workflow_name", workflowName)));
  }
}
