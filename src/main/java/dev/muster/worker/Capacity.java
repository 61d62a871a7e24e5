package dev.muster.worker;

import dev.muster.workspace.LoadRose;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts the units of capacity that reservations hold. Each change is one statement over any number
 * of workers, which are locked in the order of their sids; it takes part in the caller's
 * transaction. A worker or channel that no longer exists is passed over.
 */
@Repository
public class Capacity {

  /**
   * The first step locks the workers, the second the channels as they are by then; only what that
   * second step saw decides. The nth claim on a channel needs n free units. An edited queue leaves
   * the versions of its workers alone, so its members are looked up.
   */
  private static final String TAKE =
      """
      WITH claim AS (
        SELECT c.*, row_number() OVER (PARTITION BY c.worker_sid, c.task_channel_sid, c.ignoring
                                       ORDER BY c.number) AS nth
        FROM unnest(:workers::text[], :channels::text[], :ignoring::boolean[], :versions::integer[], :queues::text[])
               WITH ORDINALITY AS c (worker_sid, task_channel_sid, ignoring, version, queue_sid, number)
      ), worker_held AS MATERIALIZED (
        SELECT w.sid, w.version FROM worker w
        WHERE w.workspace_sid = :workspace AND w.sid IN (SELECT worker_sid FROM claim)
        ORDER BY w.sid
        FOR NO KEY UPDATE
      ), channel_held AS MATERIALIZED (
        SELECT c.worker_sid, c.task_channel_sid, c.available, c.ready, c.capacity, c.reserved, w.version
        FROM worker_held w
        JOIN worker_channel c ON c.workspace_sid = :workspace AND c.worker_sid = w.sid
        WHERE (c.worker_sid, c.task_channel_sid)
                IN (SELECT claim.worker_sid, claim.task_channel_sid FROM claim)
        ORDER BY c.worker_sid, c.task_channel_sid
        FOR NO KEY UPDATE OF c
      ), granted AS (
        SELECT claim.number, claim.worker_sid, claim.task_channel_sid
        FROM claim JOIN channel_held c USING (worker_sid, task_channel_sid)
        WHERE coalesce(claim.version, c.version) = c.version
          AND CASE WHEN claim.ignoring THEN c.available
                   ELSE c.ready AND c.reserved + claim.nth <= c.capacity END
          AND (claim.queue_sid IS NULL OR EXISTS (
                SELECT 1 FROM queue_member m
                WHERE m.workspace_sid = :workspace AND m.task_queue_sid = claim.queue_sid
                  AND m.worker_sid = claim.worker_sid))
      ), channel_taken AS (
        UPDATE worker_channel c
        SET reserved = c.reserved + g.units, idle_since = :now
        FROM (SELECT worker_sid, task_channel_sid, count(*) AS units
              FROM granted GROUP BY worker_sid, task_channel_sid) g
        WHERE c.workspace_sid = :workspace
          AND c.worker_sid = g.worker_sid AND c.task_channel_sid = g.task_channel_sid
      ), worker_taken AS (
        UPDATE worker w
        SET idle_since = :now, version = w.version + g.units
        FROM (SELECT worker_sid, count(*) AS units FROM granted GROUP BY worker_sid) g
        WHERE w.workspace_sid = :workspace AND w.sid = g.worker_sid
      )
      SELECT number FROM granted
      """;

  private static final String HOLD =
      """
      SELECT w.sid FROM worker w WHERE w.workspace_sid = :workspace AND w.sid = ANY(:workers)
      ORDER BY w.sid
      FOR NO KEY UPDATE
      """;

  /**
   * All workers of a change are locked at once, so that no two changes wait for each other. The
   * sub-select hides from the planner how many, or it would plan anew for every number.
   */
  private static final String COUNT =
      """
      WITH unit AS (
        SELECT u.worker_sid, u.task_channel_sid, sum(u.reserved) AS reserved, sum(u.assigned) AS assigned
        FROM unnest((SELECT :workers::text[]), :channels::text[], :reserved::integer[], :assigned::integer[])
               AS u (worker_sid, task_channel_sid, reserved, assigned)
        GROUP BY u.worker_sid, u.task_channel_sid
      ), worker_held AS MATERIALIZED (
        SELECT w.sid FROM worker w
        WHERE w.workspace_sid = :workspace AND w.sid IN (SELECT worker_sid FROM unit)
        ORDER BY w.sid
        FOR NO KEY UPDATE
      )
      UPDATE worker_channel c
      SET reserved = greatest(c.reserved + u.reserved, 0), assigned = greatest(c.assigned + u.assigned, 0)
      FROM worker_held w JOIN unit u ON u.worker_sid = w.sid
      WHERE c.workspace_sid = :workspace
        AND c.worker_sid = u.worker_sid AND c.task_channel_sid = u.task_channel_sid
      """;

  /** What a reservation's step in its life adds to the units that are reserved and assigned. */
  private record Count(ChannelUnit unit, int reserved, int assigned) {

    /** Whoever has less to do may be ready, or one whom a task asks for. */
    boolean eases() {
      return reserved < 0 || assigned < 0;
    }
  }

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher publisher;

  Capacity(JdbcClient jdbc, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.publisher = publisher;
  }

  /**
   * Takes units for new reservations, from workers who are ready for them, have not changed since
   * they were chosen and are members of the claim's queue. A worker that gives a unit is idle since
   * {@code now}, and its version grows by one for each. Claims on one channel are served in the
   * order of the list, those that ignore capacity apart from the others.
   *
   * @return for each claim, at its place in the list, whether it was granted
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean[] take(WorkspaceSid workspace, List<ChannelClaim> claims, Instant now) {
    var granted = new boolean[claims.size()];
    var units = claims.stream().map(ChannelClaim::unit).toList();
    statement(TAKE, workspace, units)
        .param(
            "ignoring", claims.stream().map(ChannelClaim::ignoreCapacity).toArray(Boolean[]::new))
        .param("versions", claims.stream().map(ChannelClaim::workerVersion).toArray(Integer[]::new))
        .param("queues", claims.stream().map(ChannelClaim::queue).toArray(String[]::new))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .list()
        .forEach(number -> granted[number - 1] = true);
    return granted;
  }

  /** Holds workers whose units are changed by more than one of the calls that follow. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void hold(WorkspaceSid workspace, Collection<WorkerSid> workers) {
    jdbc.sql(HOLD)
        .param("workspace", workspace.value())
        .param("workers", workers.stream().map(WorkerSid::value).toArray(String[]::new))
        .query(String.class)
        .list();
  }

  /** Gives back the units of accepted reservations that ended, which count no more. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void finish(WorkspaceSid workspace, Collection<ChannelUnit> units) {
    count(workspace, units.stream().map(unit -> new Count(unit, -1, -1)).toList());
  }

  /** Gives back the units of reservations that ended. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void release(WorkspaceSid workspace, Collection<ChannelUnit> units) {
    count(workspace, units.stream().map(unit -> new Count(unit, -1, 0)).toList());
  }

  /**
   * Counts a reservation that was accepted, whose unit is taken already, and gives back the units
   * of the others that were offered the same task.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void accept(
      WorkspaceSid workspace, ChannelUnit accepted, Collection<ChannelUnit> rescinded) {
    var counts = new ArrayList<Count>();
    counts.add(new Count(accepted, 0, 1));
    rescinded.forEach(unit -> counts.add(new Count(unit, -1, 0)));
    count(workspace, counts);
  }

  /** Counts accepted reservations that ended; their units are still to be released. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void unassign(WorkspaceSid workspace, Collection<ChannelUnit> units) {
    count(workspace, units.stream().map(unit -> new Count(unit, 0, -1)).toList());
  }

  private void count(WorkspaceSid workspace, List<Count> counts) {
    var units = counts.stream().map(Count::unit).toList();
    var counted =
        statement(COUNT, workspace, units)
            .param("reserved", counts.stream().map(Count::reserved).toArray(Integer[]::new))
            .param("assigned", counts.stream().map(Count::assigned).toArray(Integer[]::new))
            .update();
    if (counted > 0) {
      publisher.publishEvent(
          counts.stream().anyMatch(Count::eases)
              ? new WorkAvailable(workspace)
              : new LoadRose(workspace));
    }
  }

  private JdbcClient.StatementSpec statement(
      String sql, WorkspaceSid workspace, Collection<ChannelUnit> units) {
    return jdbc.sql(sql)
        .param("workspace", workspace.value())
        .param("workers", texts(units, unit -> unit.worker().value()))
        .param("channels", texts(units, unit -> unit.channel().value()));
  }

  private static String[] texts(Collection<ChannelUnit> units, Function<ChannelUnit, String> text) {
    return units.stream().map(text).toArray(String[]::new);
  }
}
