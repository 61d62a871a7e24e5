package dev.muster.callback;

import dev.muster.delivery.DeliverySid;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what is to be told. */
@Repository
class Announcements {

  private static final String PENDING =
      """
      SELECT d.sid, d.account_sid, d.workspace_sid, d.workflow_sid, d.reservation_sid, r.created_at AS offered_at,
        r.task_queue_sid, r.worker_sid, r.worker_name, k.attributes AS worker_attributes, r.task_sid,
        t.attributes AS task_attributes, t.created_at AS task_created_at, t.priority AS task_priority,
        r.task_channel_sid, c.unique_name AS task_channel_name
      FROM unnest(:workspaces::text[], :sids::text[]) AS claimed (workspace_sid, sid)
      JOIN callback_delivery d ON d.workspace_sid = claimed.workspace_sid AND d.sid = claimed.sid
      JOIN reservation r ON r.workspace_sid = d.workspace_sid AND r.sid = d.reservation_sid
      JOIN task t ON t.workspace_sid = r.workspace_sid AND t.sid = r.task_sid
      JOIN worker k ON k.workspace_sid = r.workspace_sid AND k.sid = r.worker_sid
      JOIN task_channel c ON c.workspace_sid = r.workspace_sid AND c.sid = r.task_channel_sid
      WHERE r.status = 'pending' AND r.expires_at > :now
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Announcements(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What to tell for each claim whose reservation is still pending. */
  Map<DeliverySid, Announcement> of(List<Claim> claims) {
    return jdbc
        .sql(PENDING)
        .param("workspaces", texts(claims, claim -> claim.workspace().value()))
        .param("sids", texts(claims, claim -> claim.sid().value()))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(Announcement::of)
        .list()
        .stream()
        .collect(Collectors.toMap(Announcement::delivery, Function.identity()));
  }

  private static String[] texts(List<Claim> claims, Function<Claim, String> text) {
    return claims.stream().map(text).toArray(String[]::new);
  }
}
