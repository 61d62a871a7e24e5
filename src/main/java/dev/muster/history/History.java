package dev.muster.history;

import dev.muster.event.EventSid;
import dev.muster.event.RecordedEvent;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectMapper;

/** What happened in workspaces, for as long as it is kept. */
@Repository
class History {

  /** What events say of tasks' attributes is told for so long, however long they are kept. */
  static final Duration ATTRIBUTES_TOLD = Duration.ofDays(30);

  private static final String EVENTS = "SELECT * FROM event WHERE workspace_sid = :workspace";

  private static final String ON_CHANNEL =
      """
      task_channel_sid = coalesce(
        (SELECT c.sid FROM task_channel c WHERE c.workspace_sid = :workspace AND c.unique_name = :channel), :channel)
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final RowMapper<RecordedEvent> mapper;

  History(JdbcClient jdbc, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.mapper = (row, number) -> RecordedEvent.of(row, json);
  }

  /** Newest first. */
  Page<RecordedEvent> list(WorkspaceSid workspace, EventFilter filter, PageRequest page) {
    return Listing.of(jdbc, EVENTS, "sid", mapper)
        .with("workspace", workspace.value())
        .filter("at >= :start", "start", utc(filter.start(clock.instant())))
        .filter("at <= :end", "end", utc(filter.endDate()))
        .filter("type = :type", "type", filter.eventType())
        .filter("reservation_sid = :reservation", "reservation", text(filter.reservationSid()))
        .filter("task_queue_sid = :queue", "queue", text(filter.taskQueueSid()))
        .filter("task_sid = :task", "task", text(filter.taskSid()))
        .filter("worker_sid = :worker", "worker", text(filter.workerSid()))
        .filter("workflow_sid = :workflow", "workflow", text(filter.workflowSid()))
        .filter(ON_CHANNEL, "channel", filter.taskChannel())
        .filter("sid = :sid", "sid", text(filter.sid()))
        .orderBy("at", false)
        .page(page, event -> event.sid().value())
        .map(this::withoutOldAttributes);
  }

  /**
   * The event.
   *
   * @throws Refused as not found
   */
  RecordedEvent get(WorkspaceSid workspace, EventSid sid) {
    return jdbc.sql(EVENTS + " AND sid = :sid")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(mapper)
        .optional()
        .map(this::withoutOldAttributes)
        .orElseThrow(Refused::notFound);
  }

  private RecordedEvent withoutOldAttributes(RecordedEvent event) {
    if (event.at().isAfter(clock.instant().minus(ATTRIBUTES_TOLD))) {
      return event;
    }
    var data = new LinkedHashMap<>(event.data());
    data.replace("task_attributes", "{}");
    return event.with(data);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable String text(@Nullable Record sid) {
    return sid == null ? null : sid.toString();
  }
}
