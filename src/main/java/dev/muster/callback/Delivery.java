package dev.muster.callback;

import dev.muster.delivery.DeliverySid;
import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to a workflow's system, and what came of it.
 *
 * @param answer the first 4,096 characters of what was answered
 * @param instruction what the answer said to do
 * @param errorCode the wire format's code for what is wrong with the answer, if it has one
 * @param errorMessage a sentence on what went wrong
 */
record Delivery(
    WorkspaceSid workspace,
    DeliverySid sid,
    WorkflowSid workflow,
    TaskSid task,
    ReservationSid reservation,
    URI requestUrl,
    DeliveryStatus status,
    @Nullable Integer responseCode,
    @Nullable String answer,
    @Nullable String instruction,
    @Nullable Integer errorCode,
    @Nullable String errorMessage,
    @Nullable Integer durationMillis,
    Instant createdAt,
    @Nullable Instant endedAt) {

  static Delivery of(ResultSet row, int number) throws SQLException {
    var ended = row.getTimestamp("ended_at");
    return new Delivery(
        new WorkspaceSid(row.getString("workspace_sid")),
        new DeliverySid(row.getString("sid")),
        new WorkflowSid(row.getString("workflow_sid")),
        new TaskSid(row.getString("task_sid")),
        new ReservationSid(row.getString("reservation_sid")),
        URI.create(row.getString("request_url")),
        DeliveryStatus.of(row.getString("status")),
        row.getObject("response_code", Integer.class),
        row.getString("answer"),
        row.getString("instruction"),
        row.getObject("error_code", Integer.class),
        row.getString("error_message"),
        row.getObject("duration_millis", Integer.class),
        row.getTimestamp("created_at").toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
