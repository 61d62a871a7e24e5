package dev.muster.callback;

import dev.muster.callout.FormField;
import dev.muster.delivery.DeliverySid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a workflow's system is told about an offer. Ages and instants are those of the offer, so
 * that the fallback is told the same.
 */
record Announcement(DeliverySid delivery, List<FormField> form) {

  static Announcement of(ResultSet row, int number) throws SQLException {
    var offeredAt = row.getTimestamp("offered_at").toInstant();
    var form = new ArrayList<FormField>();
    form.add(new FormField("Timestamp", Long.toString(offeredAt.getEpochSecond())));
    form.add(new FormField("AccountSid", row.getString("account_sid")));
    form.add(new FormField("WorkspaceSid", row.getString("workspace_sid")));
    form.add(new FormField("WorkflowSid", row.getString("workflow_sid")));
    form.add(new FormField("TaskQueueSid", row.getString("task_queue_sid")));
    form.add(new FormField("WorkerSid", row.getString("worker_sid")));
    form.add(new FormField("WorkerName", row.getString("worker_name")));
    form.add(new FormField("WorkerAttributes", row.getString("worker_attributes")));
    form.add(new FormField("TaskSid", row.getString("task_sid")));
    form.add(new FormField("TaskAttributes", row.getString("task_attributes")));
    form.add(
        new FormField("TaskAge", age(row.getTimestamp("task_created_at").toInstant(), offeredAt)));
    form.add(new FormField("TaskPriority", row.getString("task_priority")));
    form.add(new FormField("TaskChannelSid", row.getString("task_channel_sid")));
    form.add(new FormField("TaskChannelUniqueName", row.getString("task_channel_name")));
    form.add(new FormField("ReservationSid", row.getString("reservation_sid")));
    return new Announcement(new DeliverySid(row.getString("sid")), List.copyOf(form));
  }

  private static String age(Instant createdAt, Instant offeredAt) {
    return Long.toString(Math.max(0, Duration.between(createdAt, offeredAt).toSeconds()));
  }
}
