package dev.muster.webhook;

import dev.muster.event.DeliveriesQueued;
import dev.muster.event.EventSid;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.webhook.EventDeliveryForms.EventDeliveryFilter;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What workspaces' systems were told, for as long as it is kept, and telling it again. */
@Repository
class EventDeliveries {

  private static final int AT_ONCE = 1_000;

  private static final String OF_WORKSPACE =
      "SELECT * FROM event_delivery WHERE workspace_sid = :workspace";

  /** Streams go on counting, so that no former sender can end it. */
  private static final String QUEUE =
      """
      UPDATE event_delivery d SET status = 'queued', attempts = 0, claims = claims + 1, claimed_until = NULL,
        queued_at = :now, due_at = :now
      WHERE d.workspace_sid = :workspace AND d.status <> 'queued'
      """;

  private static final String REPLAY = QUEUE + " AND d.event_sid = :event";

  private static final String REPLAY_ALL =
      """
      WITH queued AS (
        %s AND d.event_sid IN (
          SELECT event_sid FROM event_delivery
          WHERE workspace_sid = :workspace AND status <> 'queued' AND queued_at < :now
            AND created_at BETWEEN :start AND :end
            AND (:status::text IS NULL OR status = :status) AND (:type::text IS NULL OR event_type = :type)
          ORDER BY created_at LIMIT :atOnce FOR UPDATE SKIP LOCKED)
        RETURNING created_at)
      SELECT count(*) AS deliveries, max(created_at) AS until FROM queued
      """
          .formatted(QUEUE);

  /**
   * What has been queued at once.
   *
   * @param until when the newest of them was written; none if there are no more
   */
  record Queued(int deliveries, @Nullable Instant until) {

    private static Queued of(ResultSet row, int number) throws SQLException {
      var until = row.getTimestamp("until");
      return new Queued(row.getInt("deliveries"), until == null ? null : until.toInstant());
    }
  }

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher publisher;

  EventDeliveries(JdbcClient jdbc, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.publisher = publisher;
  }

  /** Newest first. */
  Page<EventDelivery> list(WorkspaceSid workspace, EventDeliveryFilter filter, PageRequest page) {
    var status = filter.status();
    var event = filter.eventSid();
    return Listing.of(jdbc, OF_WORKSPACE, "event_sid", EventDelivery::of)
        .with("workspace", workspace.value())
        .filter("status = :status", "status", status == null ? null : status.wireName())
        .filter("event_sid = :event", "event", event == null ? null : event.value())
        .filter("event_type = :type", "type", filter.eventType())
        .filter("created_at >= :start", "start", utc(filter.startDate()))
        .filter("created_at <= :end", "end", utc(filter.endDate()))
        .orderBy("created_at", false)
        .page(page, delivery -> delivery.event().value());
  }

  /**
   * The delivery.
   *
   * @throws Refused as not found
   */
  EventDelivery get(WorkspaceSid workspace, EventSid event) {
    return jdbc.sql(OF_WORKSPACE + " AND event_sid = :event")
        .param("workspace", workspace.value())
        .param("event", event.value())
        .query(EventDelivery::of)
        .optional()
        .orElseThrow(Refused::notFound);
  }

  /**
   * Has an event told again; one that is queued already stays as it is.
   *
   * @throws Refused as not found
   */
  @Transactional
  EventDelivery replay(WorkspaceSid workspace, EventSid event, Instant now) {
    get(workspace, event);
    jdbc.sql(REPLAY)
        .param("workspace", workspace.value())
        .param("event", event.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    publisher.publishEvent(new DeliveriesQueued(workspace.value()));
    return get(workspace, event);
  }

  /**
   * Has the first thousand of the deliveries told again that are not queued and were not since
   * {@code now}.
   */
  @Transactional
  Queued replay(
      WorkspaceSid workspace,
      Instant start,
      Instant end,
      @Nullable EventDeliveryStatus status,
      @Nullable String type,
      Instant now) {
    var queued =
        jdbc.sql(REPLAY_ALL)
            .param("workspace", workspace.value())
            .param("start", utc(start))
            .param("end", utc(end))
            .param("status", status == null ? null : status.wireName())
            .param("type", type)
            .param("now", utc(now))
            .param("atOnce", AT_ONCE)
            .query(Queued::of)
            .single();
    publisher.publishEvent(new DeliveriesQueued(workspace.value()));
    return queued;
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
