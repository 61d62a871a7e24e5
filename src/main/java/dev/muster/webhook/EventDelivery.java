package dev.muster.webhook;

import dev.muster.event.EventSid;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace's system is told of one event, and what came of the last attempt.
 *
 * @param answer the first 4,096 characters of what was answered
 * @param createdAt when the event happened
 * @param nextAttemptAt null if it is not tried any more
 */
record EventDelivery(
    EventSid event,
    String eventType,
    URI requestUrl,
    EventDeliveryStatus status,
    int attempts,
    @Nullable Integer responseCode,
    @Nullable String answer,
    @Nullable String errorMessage,
    @Nullable Integer durationMillis,
    Instant createdAt,
    @Nullable Instant lastAttemptAt,
    @Nullable Instant nextAttemptAt) {

  static EventDelivery of(ResultSet row, int number) throws SQLException {
    var status = EventDeliveryStatus.of(row.getString("status"));
    return new EventDelivery(
        new EventSid(row.getString("event_sid")),
        row.getString("event_type"),
        URI.create(row.getString("request_url")),
        status,
        row.getInt("attempts"),
        row.getObject("response_code", Integer.class),
        row.getString("answer"),
        row.getString("error_message"),
        row.getObject("duration_millis", Integer.class),
        row.getTimestamp("created_at").toInstant(),
        instant(row.getTimestamp("tried_at")),
        status == EventDeliveryStatus.QUEUED ? row.getTimestamp("due_at").toInstant() : null);
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
