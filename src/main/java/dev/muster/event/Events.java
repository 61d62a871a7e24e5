package dev.muster.event;

import dev.muster.web.Sid;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectMapper;

/**
 * The log of events.
 *
 * <p>One statement writes events, numbers those of each task, and queues them for the workspace's
 * own system if it wants to be told. Nobody else numbers a task's events meanwhile, since whoever
 * changes a task holds it. The sub-select hides the length of the list from the planner, which
 * would plan for each length anew, and longer than it takes to run.
 */
@Repository
public class Events {

  private static final String RECORD =
      """
      WITH recorded AS (
        INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data, task_sid, worker_sid,
          reservation_sid, task_queue_sid, workflow_sid, task_channel_sid, task_number)
        SELECT e.workspace_sid, e.sid, e.type, e.resource_type, e.resource_sid, e.at::timestamptz, all_facts.data,
          e.task_sid, e.worker_sid, e.reservation_sid, e.task_queue_sid,
          coalesce(e.workflow_sid, all_facts.data ->> 'workflow_sid'), all_facts.data ->> 'task_channel_sid',
          CASE WHEN e.task_sid IS NOT NULL THEN
            coalesce((SELECT before.task_number FROM event before
                      WHERE before.workspace_sid = e.workspace_sid AND before.task_sid = e.task_sid
                      ORDER BY before.task_number DESC LIMIT 1), 0)
              + row_number() OVER (PARTITION BY e.task_sid ORDER BY e.place) END
        FROM (
          SELECT :workspace::text AS workspace_sid, given.*
          FROM unnest((SELECT :sids::text[]), :types::text[], :resourceTypes::text[], :resources::text[],
            :instants::text[], :data::text[], :tasks::text[], :workers::text[], :reservations::text[],
            :queues::text[], :workflows::text[])
            WITH ORDINALITY AS given (sid, type, resource_type, resource_sid, at, data, task_sid, worker_sid,
              reservation_sid, task_queue_sid, workflow_sid, place)) e
        LEFT JOIN workspace w ON w.sid = e.workspace_sid
        LEFT JOIN LATERAL (%s) more ON true
        CROSS JOIN LATERAL (
          SELECT e.data::jsonb || coalesce(more.facts, '{}') || jsonb_strip_nulls(jsonb_build_object(
            'workspace_sid', e.workspace_sid, 'workspace_name', w.friendly_name)) AS data) all_facts
        ORDER BY e.place
        RETURNING sid, type, at, coalesce(task_sid, resource_sid) AS stream, coalesce(task_number, 0) AS number
      )
      INSERT INTO event_delivery (workspace_sid, event_sid, account_sid, event_type, stream, number, request_url, status,
        created_at, queued_at, due_at)
      SELECT w.sid, r.sid, w.account_sid, r.type, r.stream, r.number, w.event_callback_url, 'queued', r.at, r.at, r.at
      FROM workspace w CROSS JOIN recorded r
      WHERE w.sid = :workspace AND w.event_callback_url IS NOT NULL
        AND (coalesce(btrim(w.events_filter), '') = ''
          OR r.type = ANY(regexp_split_to_array(btrim(w.events_filter), '[[:space:]]*,[[:space:]]*')))
      """;

  private static final String NOTHING_MORE = "SELECT '{}'::jsonb AS facts";

  private static final String RECORD_AS_GIVEN = RECORD.formatted(NOTHING_MORE);

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final ApplicationEventPublisher publisher;

  Events(JdbcClient jdbc, ObjectMapper json, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.json = json;
    this.publisher = publisher;
  }

  /** Records what happened, in the transaction of the change. */
  public void record(Event event) {
    record(List.of(event));
  }

  /** Records what happened in one workspace, in order, in the transaction of the change. */
  public void record(List<Event> events) {
    write(events, RECORD_AS_GIVEN);
  }

  /**
   * Records what happened in one workspace, in order, in the transaction of the change.
   *
   * @param facts a query for what the database knows better than the caller: of each event {@code
   *     e}, whose columns are those of the log, one row of at most one column {@code facts}, a JSON
   *     object
   */
  public void record(List<Event> events, Facts facts) {
    write(events, facts.statement());
  }

  /** Further facts about events, and the statement that asks for them as it writes. */
  public record Facts(String statement) {

    /** For a query as {@link #record(List, Facts)} describes it. */
    public static Facts of(String query) {
      return new Facts(RECORD.formatted(query));
    }
  }

  private void write(List<Event> events, String statement) {
    if (events.isEmpty()) {
      return;
    }
    var workspace = events.getFirst().workspaceSid();
    var queued =
        jdbc.sql(statement)
            .param("workspace", workspace)
            .param("sids", texts(events, event -> Sid.next("EV")))
            .param("types", texts(events, Event::type))
            .param("resourceTypes", texts(events, Event::resourceType))
            .param("resources", texts(events, Event::resourceSid))
            .param("instants", texts(events, event -> event.at().toString()))
            .param("data", texts(events, event -> json.writeValueAsString(event.data())))
            .param("tasks", texts(events, Event::taskSid))
            .param("workers", texts(events, Event::workerSid))
            .param("reservations", texts(events, Event::reservationSid))
            .param("queues", texts(events, Event::taskQueueSid))
            .param("workflows", texts(events, Event::workflowSid))
            .update();
    publisher.publishEvent(
        new EventsRecorded(workspace, events.stream().map(Event::type).toList()));
    if (queued > 0) {
      publisher.publishEvent(new DeliveriesQueued(workspace));
    }
  }

  /** Forgets every event of a workspace that is being deleted. */
  public void deleteAll(String workspaceSid) {
    jdbc.sql("DELETE FROM event WHERE workspace_sid = :workspace")
        .param("workspace", workspaceSid)
        .update();
  }

  private static @Nullable String[] texts(
      List<Event> events, Function<Event, @Nullable String> text) {
    return events.stream().map(text).toArray(String[]::new);
  }
}
