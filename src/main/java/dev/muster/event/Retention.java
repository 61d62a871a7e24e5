package dev.muster.event;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Deletes events that have been kept for long enough, a few at a time, so that nobody waits for it.
 *
 * <p>Not by partitions: numbering a task's events would then look into each of them, and no index
 * could keep the numbers unique.
 */
@Repository
class Retention {

  private static final int AT_ONCE = 1_000;

  /** Of all workspaces, stepping from one to the next in the index by time. */
  static final String CLEAN =
      """
      WITH RECURSIVE owner (workspace_sid) AS (
        (SELECT workspace_sid FROM event ORDER BY workspace_sid LIMIT 1)
        UNION ALL
        SELECT (SELECT e.workspace_sid FROM event e WHERE e.workspace_sid > o.workspace_sid
                ORDER BY e.workspace_sid LIMIT 1)
        FROM owner o WHERE o.workspace_sid IS NOT NULL
      ), old AS (
        SELECT e.workspace_sid, e.sid
        FROM owner CROSS JOIN LATERAL (
          SELECT workspace_sid, sid FROM event
          WHERE workspace_sid = owner.workspace_sid AND at < :before ORDER BY at LIMIT :atOnce) e
        LIMIT :atOnce
      )
      DELETE FROM event e USING old WHERE e.workspace_sid = old.workspace_sid AND e.sid = old.sid
      """;

  private final JdbcClient jdbc;
  private final EventSettings settings;
  private final Clock clock;

  Retention(JdbcClient jdbc, EventSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(
      initialDelayString = "${muster.event.clean-every:10m}",
      fixedDelayString = "${muster.event.clean-every:10m}")
  void clean() {
    var before = clock.instant().minus(settings.keepFor()).atOffset(ZoneOffset.UTC);
    int deleted;
    do {
      deleted = jdbc.sql(CLEAN).param("before", before).param("atOnce", AT_ONCE).update();
    } while (deleted == AT_ONCE);
  }
}
