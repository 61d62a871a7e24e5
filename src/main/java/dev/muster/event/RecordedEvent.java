package dev.muster.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * An event as the log has it.
 *
 * @param number rises in the order of writing; of two changes of one resource, the later has the
 *     higher
 * @param taskNumber its place among the events of its task, from 1 and without gaps; null if it is
 *     not about a task
 */
public record RecordedEvent(
    long number,
    EventSid sid,
    String workspaceSid,
    String type,
    String resourceType,
    String resourceSid,
    Instant at,
    Map<String, Object> data,
    @Nullable String taskSid,
    @Nullable Integer taskNumber,
    @Nullable String workerSid,
    @Nullable String reservationSid) {

  private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

  /** Reads a row that has the log's columns. */
  public static RecordedEvent of(ResultSet row, ObjectMapper json) throws SQLException {
    return new RecordedEvent(
        row.getLong("feed_number"),
        new EventSid(row.getString("sid")),
        row.getString("workspace_sid"),
        row.getString("type"),
        row.getString("resource_type"),
        row.getString("resource_sid"),
        row.getTimestamp("at").toInstant(),
        json.readValue(row.getString("data"), FACTS),
        row.getString("task_sid"),
        row.getObject("task_number", Integer.class),
        row.getString("worker_sid"),
        row.getString("reservation_sid"));
  }

  /** The same, with other facts. */
  public RecordedEvent with(Map<String, Object> facts) {
    return new RecordedEvent(
        number,
        sid,
        workspaceSid,
        type,
        resourceType,
        resourceSid,
        at,
        facts,
        taskSid,
        taskNumber,
        workerSid,
        reservationSid);
  }

  /** The event in a sentence. */
  public String description() {
    return Description.of(this);
  }

  /** A fact about the event; empty if it has none of that name. */
  public String fact(String name) {
    var fact = data.get(name);
    return fact == null ? "" : fact.toString();
  }
}
