package dev.muster.callback;

import dev.muster.account.AccountSid;
import dev.muster.delivery.DeliverySid;
import dev.muster.delivery.Lane;
import dev.muster.reservation.ReservationSid;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The dispatcher's side of the outbox: who sends what, and what came of it.
 *
 * <p>Leases are the database's instants, since nodes compare them.
 */
@Repository
class Claims {

  static final int MOST = 200;

  /**
   * Of all workspaces. The first of every lane that has room, and of these the first of every
   * account that has room, so that no backlog stands before anybody else's deliveries.
   */
  static final String TAKE =
      """
      WITH busy AS (
        SELECT * FROM unnest(:accounts::text[], :targets::text[], :counts::integer[]) AS b (account_sid, target, count)
      ), waiting AS (
        SELECT d.workspace_sid, d.sid, d.account_sid,
          coalesce(b.count, 0) + row_number() OVER (PARTITION BY d.account_sid, d.target ORDER BY d.sid) AS place
        FROM callback_delivery d
        LEFT JOIN busy b ON b.account_sid = d.account_sid AND b.target = d.target
        WHERE d.status = 'queued' AND (d.claimed_until IS NULL OR d.claimed_until <= clock_timestamp())
      ), next AS (
        SELECT workspace_sid, sid,
          coalesce((SELECT sum(count) FROM busy b WHERE b.account_sid = w.account_sid), 0)
            + row_number() OVER (PARTITION BY account_sid ORDER BY sid) AS place
        FROM waiting w WHERE place <= :mostPerTarget
      ), taken AS (
        SELECT d.workspace_sid, d.sid
        FROM next JOIN callback_delivery d ON d.workspace_sid = next.workspace_sid AND d.sid = next.sid
        WHERE next.place <= :mostPerAccount
          AND d.status = 'queued' AND (d.claimed_until IS NULL OR d.claimed_until <= clock_timestamp())
        ORDER BY next.place, d.sid
        LIMIT :most
        FOR UPDATE OF d SKIP LOCKED
      )
      UPDATE callback_delivery d
      SET claims = d.claims + 1, claimed_until = clock_timestamp() + make_interval(secs => :lease)
      FROM taken WHERE d.workspace_sid = taken.workspace_sid AND d.sid = taken.sid
      RETURNING d.*
      """;

  private static final String DROP =
      """
      UPDATE callback_delivery d SET status = 'dropped', ended_at = :now
      FROM unnest(:workspaces::text[], :sids::text[], :numbers::integer[]) AS c (workspace_sid, sid, number)
      WHERE d.workspace_sid = c.workspace_sid AND d.sid = c.sid AND d.claims = c.number AND d.status = 'queued'
      """;

  private static final String END =
      """
      UPDATE callback_delivery
      SET status = :status, response_code = :responseCode, answer = :answer, instruction = :instruction,
        error_code = :errorCode, error_message = :errorMessage, duration_millis = :millis, ended_at = :now
      WHERE workspace_sid = :workspace AND sid = :sid AND claims = :number AND status = 'queued'
      """;

  private static final String QUEUE_FALLBACK =
      """
      INSERT INTO callback_delivery (workspace_sid, sid, account_sid, workflow_sid, task_sid, reservation_sid,
        request_url, status, created_at)
      SELECT workspace_sid, :fallback, account_sid, workflow_sid, task_sid, reservation_sid,
        fallback_url, 'queued', :now
      FROM callback_delivery
      WHERE workspace_sid = :workspace AND sid = :sid AND fallback_url IS NOT NULL
      """;

  private final JdbcClient jdbc;
  private final CallbackSettings settings;
  private final Clock clock;

  Claims(JdbcClient jdbc, CallbackSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes what may be sent now, at most {@value #MOST}, while {@code busy} are on their way. */
  List<Claim> take(Map<Lane, Integer> busy) {
    var lanes = List.copyOf(busy.entrySet());
    return jdbc.sql(TAKE)
        .param("accounts", texts(lanes, lane -> lane.getKey().account().value()))
        .param("targets", texts(lanes, lane -> lane.getKey().target()))
        .param("counts", lanes.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
        .param("mostPerTarget", settings.atOncePerTarget())
        .param("mostPerAccount", settings.atOncePerAccount())
        .param("most", MOST)
        .param("lease", settings.lease().toMillis() / 1000.0)
        .query(Claims::claim)
        .list();
  }

  /** Ends deliveries whose reservations nobody has to be told about any more. */
  void drop(List<Claim> claims) {
    jdbc.sql(DROP)
        .param("workspaces", texts(claims, claim -> claim.workspace().value()))
        .param("sids", texts(claims, claim -> claim.sid().value()))
        .param("numbers", claims.stream().map(Claim::number).toArray(Integer[]::new))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Writes down what came of a delivery.
   *
   * @return false if another node has taken it over meanwhile
   */
  boolean end(Claim claim, DeliveryStatus status, Ending ending) {
    return jdbc.sql(END)
            .param("workspace", claim.workspace().value())
            .param("sid", claim.sid().value())
            .param("number", claim.number())
            .param("status", status.wireName())
            .param("responseCode", ending.responseCode())
            .param("answer", ending.answer())
            .param("instruction", ending.instruction())
            .param("errorCode", ending.errorCode())
            .param("errorMessage", ending.errorMessage())
            .param("millis", Math.toIntExact(ending.took().toMillis()))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /**
   * Has the fallback told what could not be told.
   *
   * @return false if there is none
   */
  boolean queueFallback(Claim failed) {
    return jdbc.sql(QUEUE_FALLBACK)
            .param("workspace", failed.workspace().value())
            .param("sid", failed.sid().value())
            .param("fallback", DeliverySid.next().value())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  private static Claim claim(ResultSet row, int number) throws SQLException {
    return new Claim(
        new WorkspaceSid(row.getString("workspace_sid")),
        new DeliverySid(row.getString("sid")),
        new Lane(new AccountSid(row.getString("account_sid")), row.getString("target")),
        new ReservationSid(row.getString("reservation_sid")),
        URI.create(row.getString("request_url")),
        row.getInt("claims"));
  }

  private static <T> String[] texts(List<T> items, Function<T, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }
}
