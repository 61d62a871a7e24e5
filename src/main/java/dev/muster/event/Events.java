package dev.muster.event;

import dev.muster.web.Sid;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectMapper;

/** The log of events. */
@Repository
public class Events {

  private static final String RECORD =
      """
      INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data,
                         task_sid, worker_sid, reservation_sid, task_queue_sid, workflow_sid)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;

  Events(JdbcTemplate jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Records what happened, in order, in the transaction of the change. */
  public void record(Event event) {
    record(List.of(event));
  }

  /** Records what happened, in order, in the transaction of the change. */
  public void record(List<Event> events) {
    jdbc.batchUpdate(
        RECORD,
        events,
        100,
        (statement, event) -> {
          statement.setString(1, event.workspaceSid());
          statement.setString(2, Sid.next("EV"));
          statement.setString(3, event.type());
          statement.setString(4, event.resourceType());
          statement.setString(5, event.resourceSid());
          statement.setObject(6, event.at().atOffset(ZoneOffset.UTC));
          statement.setObject(7, json.writeValueAsString(event.data()), Types.OTHER);
          statement.setString(8, event.taskSid());
          statement.setString(9, event.workerSid());
          statement.setString(10, event.reservationSid());
          statement.setString(11, event.taskQueueSid());
          statement.setString(12, event.workflowSid());
        });
  }

  /** Forgets every event of a workspace that is being deleted. */
  public void deleteAll(String workspaceSid) {
    jdbc.update("DELETE FROM event WHERE workspace_sid = ?", workspaceSid);
  }
}
