package dev.muster.reservation;

import dev.muster.queue.TaskQueueSid;
import dev.muster.task.TaskSid;
import dev.muster.web.Versioned;
import dev.muster.worker.ChannelUnit;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The offer of one task to one worker. While it is pending, accepted or wrapping it holds a unit of
 * the worker's capacity.
 *
 * @param workflow by which the task was offered; null for offers of versions that did not keep it
 * @param expiresAt until when it can be answered
 * @param postWorkActivity what the worker does once the task is completed; null to leave it
 * @param version rises with every change
 */
public record Reservation(
    WorkspaceSid workspace,
    ReservationSid sid,
    TaskSid task,
    WorkerSid worker,
    String workerName,
    TaskQueueSid queue,
    TaskChannelSid channel,
    @Nullable WorkflowSid workflow,
    ReservationStatus status,
    Instant expiresAt,
    @Nullable ActivitySid postWorkActivity,
    int version,
    Instant createdAt,
    Instant updatedAt)
    implements Versioned {

  static Reservation of(ResultSet row, int number) throws SQLException {
    return new Reservation(
        new WorkspaceSid(row.getString("workspace_sid")),
        new ReservationSid(row.getString("sid")),
        new TaskSid(row.getString("task_sid")),
        new WorkerSid(row.getString("worker_sid")),
        row.getString("worker_name"),
        new TaskQueueSid(row.getString("task_queue_sid")),
        new TaskChannelSid(row.getString("task_channel_sid")),
        workflow(row.getString("workflow_sid")),
        ReservationStatus.of(row.getString("status")),
        row.getTimestamp("expires_at").toInstant(),
        activity(row.getString("post_work_activity_sid")),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static @Nullable WorkflowSid workflow(@Nullable String sid) {
    return sid == null ? null : new WorkflowSid(sid);
  }

  private static @Nullable ActivitySid activity(@Nullable String sid) {
    return sid == null ? null : new ActivitySid(sid);
  }

  /**
   * Whether a change of its task at that instant concerns its worker: it holds a unit of capacity,
   * or was itself changed then or later.
   */
  public boolean isConcernedSince(Instant changed) {
    return status.isOpen() || !updatedAt.isBefore(changed);
  }

  ChannelUnit unit() {
    return new ChannelUnit(worker, channel);
  }
}
