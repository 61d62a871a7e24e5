package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.web.Versioned;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on its way to a worker.
 *
 * @param attributes a JSON object, as the tenant gave it
 * @param filter position of the workflow's filter that routes the task, or one of the places that
 *     {@link dev.muster.workflow.Step} names
 * @param filterEnteredAt when it entered this filter; the filter's deadlines count from here
 * @param stepEnteredAt when it entered its step, which a look at the rules again may let it do
 *     while it is offered
 * @param stepExpiresAt when it leaves its step if nobody has taken it
 * @param closedBy names of the operator's policies that closed queues to it on the way to its step
 * @param loweredBy names of the operator's policies that lowered its priority
 * @param timedOut whether the time of one of its steps was over since it came from the top of its
 *     rules
 * @param demandClass equal for tasks that are equal for matching
 * @param declinedBy sids of the workers who let its offers go and are not asked again before the
 *     others
 * @param expiresAt the end of its time to live, which counts while a worker is looked for
 * @param assignedUntil when it is taken away from the worker who has it; null if nobody had it yet
 * @param transfer how far the worker who has it has come with handing it on; null if it stays
 * @param transferredBy the worker who hands it on
 * @param hiddenAt from when on the v1 interface no longer knows it; null while it lives
 * @param version rises with every change
 */
public record Task(
    WorkspaceSid workspace,
    TaskSid sid,
    TaskStatus status,
    String attributes,
    int priority,
    @Nullable String reason,
    int timeoutSeconds,
    TaskChannelSid channel,
    @Nullable String channelName,
    WorkflowSid workflow,
    @Nullable String workflowName,
    int workflowVersion,
    int filter,
    int target,
    TaskQueueSid queue,
    @Nullable String queueName,
    Instant queueEnteredAt,
    Instant filterEnteredAt,
    Instant stepEnteredAt,
    @Nullable Instant stepExpiresAt,
    List<String> closedBy,
    List<String> loweredBy,
    boolean entering,
    boolean timedOut,
    Instant virtualStartAt,
    boolean ignoreCapacity,
    @Nullable String routingTarget,
    UUID demandClass,
    List<String> declinedBy,
    int offers,
    Instant expiresAt,
    @Nullable Instant assignedUntil,
    @Nullable TransferStage transfer,
    @Nullable WorkerSid transferredBy,
    @Nullable Instant hiddenAt,
    int version,
    Instant createdAt,
    Instant updatedAt)
    implements Versioned {

  /**
   * Rows of {@code t}, which is a task or the result of changing one, with the names that go with
   * it on the wire.
   */
  static final String NAMED =
      """
      SELECT t.*, w.friendly_name AS workflow_name, q.friendly_name AS queue_name, c.unique_name AS channel_name
      FROM %s t
      LEFT JOIN workflow w ON w.workspace_sid = t.workspace_sid AND w.sid = t.workflow_sid
      LEFT JOIN task_queue q ON q.workspace_sid = t.workspace_sid AND q.sid = t.task_queue_sid
      LEFT JOIN task_channel c ON c.workspace_sid = t.workspace_sid AND c.sid = t.task_channel_sid
      """;

  static Task of(ResultSet row, int number) throws SQLException {
    return new Task(
        new WorkspaceSid(row.getString("workspace_sid")),
        new TaskSid(row.getString("sid")),
        TaskStatus.of(row.getString("status")),
        row.getString("attributes"),
        row.getInt("priority"),
        row.getString("reason"),
        row.getInt("timeout_seconds"),
        new TaskChannelSid(row.getString("task_channel_sid")),
        row.getString("channel_name"),
        new WorkflowSid(row.getString("workflow_sid")),
        row.getString("workflow_name"),
        row.getInt("workflow_version"),
        row.getInt("filter_index"),
        row.getInt("target_index"),
        new TaskQueueSid(row.getString("task_queue_sid")),
        row.getString("queue_name"),
        row.getTimestamp("queue_entered_at").toInstant(),
        row.getTimestamp("filter_entered_at").toInstant(),
        row.getTimestamp("step_entered_at").toInstant(),
        instant(row.getTimestamp("step_expires_at")),
        texts(row, "queue_closed_by"),
        texts(row, "priority_lowered_by"),
        row.getBoolean("entering"),
        row.getBoolean("timed_out"),
        row.getTimestamp("virtual_start_at").toInstant(),
        row.getBoolean("ignore_capacity"),
        row.getString("routing_target"),
        row.getObject("demand_class", UUID.class),
        texts(row, "declined_by"),
        row.getInt("offers"),
        row.getTimestamp("expires_at").toInstant(),
        instant(row.getTimestamp("assigned_until")),
        TransferStage.find(row.getString("transfer")),
        worker(row.getString("transferred_by")),
        instant(row.getTimestamp("hidden_at")),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  private static @Nullable WorkerSid worker(@Nullable String sid) {
    return sid == null ? null : new WorkerSid(sid);
  }

  /** Whether a worker is looked for: nobody has accepted it, or the one who has it hands it on. */
  public boolean seeksWorker() {
    return status.waits() || isTransferred();
  }

  /** Whether a worker is looked for and nobody is asked at present. */
  public boolean isWaiting() {
    return status == TaskStatus.PENDING || transfer == TransferStage.WAITING;
  }

  /** Whether the worker who has it hands it on. */
  public boolean isTransferred() {
    return transfer != null;
  }

  /** Whether the v1 interface knows it at that moment. */
  boolean isShown(Instant now) {
    return !status.ended() || (hiddenAt != null && hiddenAt.isAfter(now));
  }
}
