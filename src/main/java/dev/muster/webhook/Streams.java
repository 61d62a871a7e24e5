package dev.muster.webhook;

import dev.muster.account.AccountSid;
import dev.muster.delivery.Lane;
import dev.muster.event.RecordedEvent;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.ObjectMapper;

/**
 * Who tells what. Leases are the database's instants, since nodes compare them.
 *
 * <p>A delivery is sent only if none before it in its stream is queued, and is claimed together
 * with those that follow it; so a stream has one sender at a time.
 */
@Repository
class Streams {

  static final int MOST = 200;
  static final int MOST_OF_STREAM = 20;

  /** The workspaces that have something queued, stepping from one to the next, and a null. */
  private static final String OWNER =
      """
      owner (workspace_sid) AS (
        (SELECT d.workspace_sid FROM event_delivery d WHERE d.queued ORDER BY d.workspace_sid LIMIT 1)
        UNION ALL
        SELECT (SELECT d.workspace_sid FROM event_delivery d
                WHERE d.queued AND d.workspace_sid > o.workspace_sid ORDER BY d.workspace_sid LIMIT 1)
        FROM owner o WHERE o.workspace_sid IS NOT NULL
      )
      """;

  /**
   * Of all workspaces that have something queued, stepping from one to the next; of each so many
   * streams as it has room for, and of an account's workspaces the first of each before the second
   * of any.
   */
  static final String TAKE =
      """
      WITH RECURSIVE busy AS (
        SELECT * FROM unnest(:accounts::text[], :busyWorkspaces::text[], :counts::integer[])
          AS b (account_sid, workspace_sid, count)
      ),
      """
          + OWNER
          + """
      , room AS (
        SELECT o.workspace_sid, :mostPerWorkspace
          - coalesce((SELECT b.count FROM busy b WHERE b.workspace_sid = o.workspace_sid), 0) AS streams
        FROM owner o
        WHERE o.workspace_sid IS NOT NULL AND o.workspace_sid <> ALL(:resting::text[])
      ), head AS (
        SELECT h.*, row_number() OVER (PARTITION BY h.workspace_sid ORDER BY h.due_at, h.event_sid) AS place
        FROM room CROSS JOIN LATERAL (
          SELECT d.workspace_sid, d.event_sid, d.account_sid, d.due_at
          FROM event_delivery d
          WHERE d.workspace_sid = room.workspace_sid AND d.queued AND d.due_at <= :now
            AND (d.claimed_until IS NULL OR d.claimed_until <= clock_timestamp())
            AND NOT EXISTS (SELECT FROM event_delivery before
              WHERE before.workspace_sid = d.workspace_sid AND before.stream = d.stream AND before.queued
                AND (before.number, before.event_sid) < (d.number, d.event_sid))
          ORDER BY d.due_at
          LIMIT greatest(room.streams, 0)) h
      ), next AS (
        SELECT head.workspace_sid, head.event_sid, head.due_at,
          coalesce((SELECT sum(b.count) FROM busy b WHERE b.account_sid = head.account_sid), 0)
            + row_number() OVER (PARTITION BY head.account_sid ORDER BY head.place, head.due_at) AS place
        FROM head
      ), chosen AS (
        SELECT * FROM next WHERE place <= :mostPerAccount ORDER BY place, due_at LIMIT :most
      ), held AS (
        SELECT h.workspace_sid, h.stream FROM chosen CROSS JOIN LATERAL (
          SELECT d.workspace_sid, d.stream FROM event_delivery d
          WHERE d.workspace_sid = chosen.workspace_sid AND d.event_sid = chosen.event_sid AND d.status = 'queued'
            AND d.due_at <= :now AND (d.claimed_until IS NULL OR d.claimed_until <= clock_timestamp())
          FOR NO KEY UPDATE SKIP LOCKED) h
      ), taken AS (
        SELECT following.* FROM held CROSS JOIN LATERAL (
          SELECT d.workspace_sid, d.event_sid FROM event_delivery d
          WHERE d.workspace_sid = held.workspace_sid AND d.stream = held.stream AND d.queued
          ORDER BY d.number, d.event_sid LIMIT :mostOfStream) following
      )
      UPDATE event_delivery d
      SET claims = d.claims + 1, claimed_until = clock_timestamp() + make_interval(secs => :lease)
      FROM taken
      JOIN event e ON e.workspace_sid = taken.workspace_sid AND e.sid = taken.event_sid
      LEFT JOIN workspace w ON w.sid = taken.workspace_sid
      WHERE d.workspace_sid = taken.workspace_sid AND d.event_sid = taken.event_sid
      RETURNING d.account_sid, d.stream, d.number, d.claims, d.attempts, d.queued_at, e.*,
        CASE WHEN w.sid IS NULL THEN d.request_url ELSE w.event_callback_url END AS url
      """;

  /** Of all tenants, for the operator, stepping from one to the next as above. */
  private static final String OLDEST_DUE =
      "WITH RECURSIVE "
          + OWNER
          + """
      SELECT min(first.due_at)
      FROM owner CROSS JOIN LATERAL (
        SELECT d.due_at FROM event_delivery d
        WHERE d.workspace_sid = owner.workspace_sid AND d.queued ORDER BY d.due_at LIMIT 1) first
      """;

  private final JdbcClient jdbc;
  private final WebhookSettings settings;
  private final Clock clock;
  private final RowMapper<Claim> mapper;

  Streams(JdbcClient jdbc, WebhookSettings settings, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
    this.mapper = (row, number) -> claim(row, json);
  }

  /**
   * Takes what may be told now, at most {@value #MOST} streams, while {@code busy} are on their way
   * and the workspaces {@code resting} are not to be tried.
   */
  List<Stream> take(Map<Lane, Integer> busy, Set<String> resting) {
    var lanes = List.copyOf(busy.entrySet());
    var taken = System.nanoTime();
    return jdbc
        .sql(TAKE)
        .param("accounts", texts(lanes, lane -> lane.getKey().account().value()))
        .param("busyWorkspaces", texts(lanes, lane -> lane.getKey().target()))
        .param("counts", lanes.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
        .param("resting", resting.toArray(String[]::new))
        .param("mostPerWorkspace", settings.atOncePerWorkspace())
        .param("mostPerAccount", settings.atOncePerAccount())
        .param("most", MOST)
        .param("mostOfStream", MOST_OF_STREAM)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("lease", settings.lease().toMillis() / 1000.0)
        .query(mapper)
        .list()
        .stream()
        .sorted(
            Comparator.comparingInt(Claim::place)
                .thenComparing(claim -> claim.event().sid().value()))
        .collect(Collectors.groupingBy(claim -> claim.event().workspaceSid() + claim.stream()))
        .values()
        .stream()
        .map(claims -> Stream.of(claims, taken))
        .toList();
  }

  /** How long what has been due longest has been due; zero if nothing is. */
  Duration lag() {
    var now = clock.instant();
    var due = jdbc.sql(OLDEST_DUE).query(OffsetDateTime.class).optional();
    return due.map(OffsetDateTime::toInstant)
        .filter(now::isAfter)
        .map(oldest -> Duration.between(oldest, now))
        .orElse(Duration.ZERO);
  }

  private static Claim claim(ResultSet row, ObjectMapper json) throws SQLException {
    return new Claim(
        RecordedEvent.of(row, json),
        new AccountSid(row.getString("account_sid")),
        row.getString("stream"),
        row.getInt("number"),
        url(row.getString("url")),
        row.getInt("claims"),
        row.getInt("attempts"),
        row.getTimestamp("queued_at").toInstant());
  }

  private static @Nullable URI url(@Nullable String text) {
    return text == null ? null : URI.create(text);
  }

  private static <T> String[] texts(List<T> items, Function<T, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }
}
