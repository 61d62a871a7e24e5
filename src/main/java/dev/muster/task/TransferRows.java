package dev.muster.task;

import dev.muster.queue.TaskQueues;
import dev.muster.task.RoutingTarget.ToQueue;
import dev.muster.task.RoutingTarget.ToWorker;
import dev.muster.task.RoutingTarget.ToWorkflow;
import dev.muster.web.Refused;
import dev.muster.worker.Workers;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workflow.Workflows;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The beginning of transfers. */
@Repository
class TransferRows {

  /** The workflow, in the version that leads a task from now on. */
  record Leading(WorkflowSid workflow, int version) {}

  private static final String INSERT =
      """
      INSERT INTO transfer (workspace_sid, sid, task_sid, mode, to_sid, status, initiating_reservation_sid,
        initiating_worker_sid, initiating_queue_sid, initiating_workflow_sid, created_at, updated_at,
        workflow_version, filter_index, target_index, queue_entered_at, filter_entered_at, queue_closed_by,
        ignore_capacity, routing_target)
      SELECT t.workspace_sid, :sid, t.sid, :mode, :to, 'initiated', :reservation,
        :worker, t.task_queue_sid, t.workflow_sid, :now, :now,
        t.workflow_version, t.filter_index, t.target_index, t.queue_entered_at, t.filter_entered_at, t.queue_closed_by,
        t.ignore_capacity, t.routing_target
      FROM task t WHERE t.workspace_sid = :workspace AND t.sid = :task
      RETURNING *
      """;

  private static final String SEEK =
      """
      WITH t AS (
        UPDATE task t SET transfer = 'waiting', transferred_by = :worker, routing_target = :to, ignore_capacity = false,
          workflow_sid = :workflow, workflow_version = :version,
          expires_at = least(:now + make_interval(secs => t.timeout_seconds), t.assigned_until),
          declined_by = '{}', retry_at = NULL,
          version = t.version + 1, updated_at = :now
        WHERE t.workspace_sid = :workspace AND t.sid = :task AND t.status = 'assigned' AND t.transfer IS NULL
        RETURNING t.*)
      """
          + Task.NAMED.formatted("t");

  private final JdbcClient jdbc;
  private final Workers workers;
  private final TaskQueues queues;
  private final Workflows workflows;

  TransferRows(JdbcClient jdbc, Workers workers, TaskQueues queues, Workflows workflows) {
    this.jdbc = jdbc;
    this.workers = workers;
    this.queues = queues;
    this.workflows = workflows;
  }

  Optional<Transfer> find(WorkspaceSid workspace, TransferSid sid) {
    return jdbc.sql("SELECT * FROM transfer WHERE workspace_sid = :workspace AND sid = :sid")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(Transfer::of)
        .optional();
  }

  /**
   * The workflow that leads the task to its next worker. The places are {@link Tasks#holdPlaces
   * held}.
   *
   * @throws Refused if what the task is to go to does not exist, or is the worker who has it
   */
  Leading target(Task held, TransferRequest request) {
    var present = new Leading(held.workflow(), held.workflowVersion());
    return switch (request.to()) {
      case ToWorker worker -> {
        if (worker.sid().equals(request.worker())) {
          throw Refused.invalid(
              "Expected To to be another worker than the one who has the task, but got '%s'",
              worker.sid());
        }
        yield workers
            .find(held.workspace(), worker.sid())
            .map(found -> present)
            .orElseThrow(() -> missing("worker", worker));
      }
      case ToQueue queue ->
          queues
              .find(held.workspace(), queue.sid())
              .map(found -> present)
              .orElseThrow(() -> missing("task queue", queue));
      case ToWorkflow workflow ->
          workflows
              .find(held.workspace(), workflow.sid())
              .map(found -> new Leading(found.sid(), found.version()))
              .orElseThrow(() -> missing("workflow", workflow));
    };
  }

  private static Refused missing(String kind, RoutingTarget to) {
    return Refused.invalid(
        "Expected To to be a %s of this workspace, but there is no %s", kind, to.value());
  }

  Transfer insert(Task held, TransferRequest request, Instant now) {
    return statement(INSERT, held, request, now)
        .param("sid", TransferSid.next().value())
        .param("mode", request.mode().name())
        .param("reservation", request.reservation())
        .query(Transfer::of)
        .single();
  }

  /** Lets a worker be looked for. */
  Task seek(Task held, TransferRequest request, Leading leading, Instant now) {
    return statement(SEEK, held, request, now)
        .param("workflow", leading.workflow().value())
        .param("version", leading.version())
        .query(Task::of)
        .single();
  }

  private JdbcClient.StatementSpec statement(
      String sql, Task held, TransferRequest request, Instant now) {
    return jdbc.sql(sql)
        .param("workspace", held.workspace().value())
        .param("task", held.sid().value())
        .param("worker", request.worker().value())
        .param("to", request.to().value())
        .param("now", now.atOffset(ZoneOffset.UTC));
  }
}
