package dev.muster.process;

import dev.muster.process.Stage.Offer;
import dev.muster.process.Stage.Over;
import dev.muster.task.TaskSid;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads where tasks stand. One that is being handed on stands where the next worker is looked for
 * or asked; one that a node of the version before assigned has no end, and is given a late one.
 */
@Repository
class Standings {

  private static final String PRESENT =
      """
      SELECT t.workspace_sid, t.sid, t.version, t.process_id, t.step_expires_at, t.expires_at,
             CASE WHEN t.transfer IS NULL THEN t.status WHEN t.transfer = 'waiting' THEN 'pending' ELSE 'reserved' END
               AS stage,
             coalesce(t.assigned_until, t.updated_at + interval '1 year') AS assigned_until,
             o.sids, o.workers, o.queues, o.expires_at AS answer_by
      FROM unnest(:workspaces::text[], :tasks::text[]) AS asked (workspace_sid, sid)
      JOIN task t ON t.workspace_sid = asked.workspace_sid AND t.sid = asked.sid
      LEFT JOIN LATERAL (
        SELECT array_agg(r.sid ORDER BY r.sid) AS sids,
               array_agg(r.worker_sid ORDER BY r.sid) AS workers,
               array_agg(r.task_queue_sid ORDER BY r.sid) AS queues,
               min(r.expires_at) AS expires_at
        FROM reservation r
        WHERE r.workspace_sid = t.workspace_sid AND r.task_sid = t.sid AND r.status = 'pending'
      ) o ON t.status = 'reserved' OR t.transfer = 'offered'
      """;

  private final JdbcClient jdbc;

  Standings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Where each of the claimed tasks stands now; a task that is gone has ended. */
  List<Standing> of(List<Claim> claims) {
    var found = new HashMap<TaskSid, Standing>();
    jdbc.sql(PRESENT)
        .param("workspaces", texts(claims, claim -> claim.workspace().value()))
        .param("tasks", texts(claims, claim -> claim.task().value()))
        .query(Standings::standing)
        .list()
        .forEach(standing -> found.put(standing.task(), standing));
    return claims.stream().map(claim -> found.getOrDefault(claim.task(), gone(claim))).toList();
  }

  private static String[] texts(List<Claim> claims, Function<Claim, String> text) {
    return claims.stream().map(text).toArray(String[]::new);
  }

  private static Standing gone(Claim claim) {
    return new Standing(claim.workspace(), claim.task(), claim.version(), null, new Stage.Ended());
  }

  private static Standing standing(ResultSet row, int number) throws SQLException {
    var process = row.getString("process_id");
    return new Standing(
        new WorkspaceSid(row.getString("workspace_sid")),
        new TaskSid(row.getString("sid")),
        row.getInt("version"),
        process == null ? null : new ProcessId(process),
        stage(row));
  }

  private static Stage stage(ResultSet row) throws SQLException {
    var stage = row.getString("stage");
    return switch (stage) {
      case "pending" -> queued(row);
      case "reserved" ->
          row.getArray("sids") == null
              ? queued(row)
              : new Stage.Offered(offers(row), instant(row, "answer_by"));
      case "assigned" -> new Stage.Assigned(instant(row, "assigned_until"));
      case "wrapping" -> new Stage.Wrapping(instant(row, "assigned_until"));
      case "completed", "canceled" -> new Stage.Ended();
      default -> throw new IllegalStateException("Expected a task's status, but it is " + stage);
    };
  }

  private static Stage queued(ResultSet row) throws SQLException {
    var life = instant(row, "expires_at");
    if (row.getTimestamp("step_expires_at") == null) {
      return new Stage.Queued(life, Over.TASK);
    }
    var target = instant(row, "step_expires_at");
    return target.isBefore(life)
        ? new Stage.Queued(target, Over.TARGET)
        : new Stage.Queued(life, Over.TASK);
  }

  private static List<Offer> offers(ResultSet row) throws SQLException {
    var sids = (String[]) row.getArray("sids").getArray();
    var workers = (String[]) row.getArray("workers").getArray();
    var queues = (String[]) row.getArray("queues").getArray();
    var offers = new ArrayList<Offer>();
    for (int i = 0; i < sids.length; i++) {
      offers.add(new Offer(sids[i], workers[i], queues[i]));
    }
    return offers;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}
