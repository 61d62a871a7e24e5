package dev.muster.webhook;

import dev.muster.workspace.WorkspaceDeleted;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Parks what could not even be tried for so long, and deletes what has been kept for long enough; a
 * few at a time, of all workspaces, stepping from one to the next.
 */
@Repository
class EventDeliveryCleaning {

  private static final int AT_ONCE = 1_000;

  private static final String OWNERS =
      """
      WITH RECURSIVE owner (workspace_sid) AS (
        (SELECT workspace_sid FROM event_delivery WHERE %1$s ORDER BY workspace_sid LIMIT 1)
        UNION ALL
        SELECT (SELECT d.workspace_sid FROM event_delivery d WHERE %1$s AND d.workspace_sid > o.workspace_sid
                ORDER BY d.workspace_sid LIMIT 1)
        FROM owner o WHERE o.workspace_sid IS NOT NULL
      ), old AS (
        SELECT d.workspace_sid, d.event_sid
        FROM owner CROSS JOIN LATERAL (
          SELECT workspace_sid, event_sid FROM event_delivery
          WHERE workspace_sid = owner.workspace_sid AND %1$s AND %2$s < :before ORDER BY %2$s LIMIT :atOnce) d
        LIMIT :atOnce
      )
      """;

  static final String PARK =
      OWNERS.formatted("queued", "due_at")
          + """
          UPDATE event_delivery d SET status = 'parked',
            error_message = coalesce(d.error_message, 'Expected to be sent in time, but those before it were in the way')
          FROM old WHERE d.workspace_sid = old.workspace_sid AND d.event_sid = old.event_sid
            AND d.status = 'queued' AND (d.claimed_until IS NULL OR d.claimed_until <= clock_timestamp())
          """;

  static final String CLEAN =
      OWNERS.formatted("true", "created_at")
          + """
          DELETE FROM event_delivery d USING old
          WHERE d.workspace_sid = old.workspace_sid AND d.event_sid = old.event_sid
          """;

  private final JdbcClient jdbc;
  private final WebhookSettings settings;
  private final Clock clock;

  EventDeliveryCleaning(JdbcClient jdbc, WebhookSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(
      initialDelayString = "${muster.webhook.clean-every:1m}",
      fixedDelayString = "${muster.webhook.clean-every:1m}")
  void clean() {
    repeat(PARK, settings.giveUpAfter());
    repeat(CLEAN, settings.keepFor());
  }

  private void repeat(String statement, Duration age) {
    var before = clock.instant().minus(age).atOffset(ZoneOffset.UTC);
    int changed;
    do {
      changed = jdbc.sql(statement).param("before", before).param("atOnce", AT_ONCE).update();
    } while (changed == AT_ONCE);
  }

  /** That it was deleted is still told, to the address that it had. */
  @EventListener
  void on(WorkspaceDeleted deleted) {
    jdbc.sql(
            "DELETE FROM event_delivery WHERE workspace_sid = :workspace AND event_type <> 'workspace.deleted'")
        .param("workspace", deleted.workspace().value())
        .update();
  }
}
