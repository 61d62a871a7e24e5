package dev.muster.task;

import dev.muster.task.RoutingTarget.ToWorker;
import dev.muster.task.RoutingTarget.ToWorkflow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What becomes of transfers, and where their tasks stand afterwards. Their tasks are held. */
@Repository
class TransferLife {

  private static final String NOT_TAKEN = "The worker did not take the task";

  private static final String PRESENT =
      """
      SELECT * FROM transfer WHERE workspace_sid = :workspace AND task_sid = :task AND status = 'initiated'
      """;

  private static final String END =
      """
      UPDATE transfer SET status = :status, failed_reason = :reason, updated_at = :now
      WHERE workspace_sid = :workspace AND task_sid = :task AND status = 'initiated'
      RETURNING *
      """;

  private static final String RETURN =
      """
      WITH t AS (
        UPDATE task t SET transfer = NULL, transferred_by = NULL, routing_target = x.routing_target,
          ignore_capacity = x.ignore_capacity, workflow_sid = x.initiating_workflow_sid,
          workflow_version = x.workflow_version, filter_index = x.filter_index, target_index = x.target_index,
          task_queue_sid = x.initiating_queue_sid, queue_entered_at = x.queue_entered_at,
          filter_entered_at = x.filter_entered_at, queue_closed_by = x.queue_closed_by,
          step_expires_at = NULL, entering = false,
          declined_by = '{}', retry_at = NULL, version = t.version + 1, updated_at = :now
        FROM transfer x
        WHERE t.workspace_sid = :workspace AND t.sid = :task AND t.transfer IS NOT NULL
          AND x.workspace_sid = t.workspace_sid AND x.sid = :transfer
        RETURNING t.*)
      """
          + Task.NAMED.formatted("t");

  private final JdbcClient jdbc;
  private final TaskLog log;

  TransferLife(JdbcClient jdbc, TaskLog log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  /** The transfer that a task is in. */
  Optional<Transfer> present(Task task) {
    return jdbc.sql(PRESENT)
        .param("workspace", task.workspace().value())
        .param("task", task.sid().value())
        .query(Transfer::of)
        .optional();
  }

  /** A worker is looked for. */
  void begun(Task seeking, Transfer transfer, Instant now) {
    log.record(seeking, transfer, now, "task.transfer-initiated");
    if (transfer.to() instanceof ToWorkflow) {
      log.record(seeking, now, "workflow.entered");
    }
  }

  /** The next worker has taken the task. */
  void complete(Task assigned, Instant now) {
    end(assigned, TransferStatus.COMPLETE, null, now)
        .ifPresent(transfer -> log.record(assigned, transfer, now, "task.transfer-completed"));
  }

  /**
   * Those who were asked let the task go. One that is meant for a certain worker has failed with
   * that; the others wait for the next.
   *
   * @return whether it goes on
   */
  boolean attemptFailed(Task waiting, Instant now) {
    var transfer = present(waiting);
    transfer.ifPresent(tried -> log.record(waiting, tried, now, "task.transfer-attempt-failed"));
    if (transfer.filter(tried -> tried.to() instanceof ToWorker).isEmpty()) {
      return true;
    }
    fail(waiting, NOT_TAKEN, now);
    return false;
  }

  /** Nobody takes the task; it stays with the worker who has it. Empty if it is in no transfer. */
  Optional<Task> fail(Task task, String reason, Instant now) {
    return stay(task, TransferStatus.FAILED, reason, now, "task.transfer-failed");
  }

  /** The task is not to be handed on any more. Empty if it is in no transfer. */
  Optional<Task> cancel(Task task, Instant now) {
    return stay(task, TransferStatus.CANCELED, null, now, "task.transfer-canceled");
  }

  private Optional<Task> stay(
      Task task, TransferStatus status, @Nullable String reason, Instant now, String event) {
    return end(task, status, reason, now).map(transfer -> comeBack(task, transfer, now, event));
  }

  private Task comeBack(Task task, Transfer transfer, Instant now, String event) {
    var back =
        jdbc.sql(RETURN)
            .param("workspace", task.workspace().value())
            .param("task", task.sid().value())
            .param("transfer", transfer.sid().value())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .single();
    log.record(back, transfer, now, event);
    log.moved(back);
    log.transferOver(back);
    return back;
  }

  private Optional<Transfer> end(
      Task task, TransferStatus status, @Nullable String reason, Instant now) {
    return jdbc.sql(END)
        .param("workspace", task.workspace().value())
        .param("task", task.sid().value())
        .param("status", status.wireName())
        .param("reason", reason)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Transfer::of)
        .optional();
  }
}
