package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker hands a task on to another worker, to a queue or through a workflow.
 *
 * @param failedReason why it failed; null if it did not
 * @param initiatingReservation sid of the reservation by which the worker has the task
 * @param initiatingQueue the task's queue before
 * @param initiatingWorkflow the task's workflow before
 */
public record Transfer(
    WorkspaceSid workspace,
    TransferSid sid,
    TaskSid task,
    TransferMode mode,
    RoutingTarget to,
    TransferStatus status,
    @Nullable String failedReason,
    String initiatingReservation,
    WorkerSid initiatingWorker,
    TaskQueueSid initiatingQueue,
    WorkflowSid initiatingWorkflow,
    Instant createdAt,
    Instant updatedAt) {

  static Transfer of(ResultSet row, int number) throws SQLException {
    return new Transfer(
        new WorkspaceSid(row.getString("workspace_sid")),
        new TransferSid(row.getString("sid")),
        new TaskSid(row.getString("task_sid")),
        TransferMode.valueOf(row.getString("mode")),
        RoutingTarget.of(row.getString("to_sid")),
        TransferStatus.of(row.getString("status")),
        row.getString("failed_reason"),
        row.getString("initiating_reservation_sid"),
        new WorkerSid(row.getString("initiating_worker_sid")),
        new TaskQueueSid(row.getString("initiating_queue_sid")),
        new WorkflowSid(row.getString("initiating_workflow_sid")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  /** What it goes to, as the wire calls it: {@code WORKER}, {@code QUEUE} or {@code WORKFLOW}. */
  public String type() {
    return switch (to) {
      case RoutingTarget.ToWorker worker -> "WORKER";
      case RoutingTarget.ToQueue queue -> "QUEUE";
      case RoutingTarget.ToWorkflow workflow -> "WORKFLOW";
    };
  }

  /** What events about it say besides what they say of the task. */
  Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("transfer_sid", sid.value());
    facts.put("transfer_mode", mode.name());
    facts.put("transfer_type", type());
    facts.put("transfer_to", to.value());
    facts.put("transfer_status", status.wireName());
    if (failedReason != null) {
      facts.put("transfer_failed_reason", failedReason);
    }
    facts.put("initiating_reservation_sid", initiatingReservation);
    facts.put("initiating_worker_sid", initiatingWorker.value());
    facts.put("initiating_queue_sid", initiatingQueue.value());
    facts.put("initiating_workflow_sid", initiatingWorkflow.value());
    return facts;
  }
}
