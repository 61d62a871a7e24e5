package dev.muster.task;

import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Marks waiting tasks as offered, many in one statement. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class OfferedTasks {

  /**
   * Holds the tasks in the order of their sids, as everyone does who changes several. A task that
   * asks for something else by now is of another class.
   */
  private static final String RESERVE =
      """
      WITH held AS MATERIALIZED (
        SELECT t.sid FROM task t
        JOIN unnest(:sids::text[], :classes::uuid[]) AS matched (sid, demand_class)
          ON matched.sid = t.sid AND matched.demand_class = t.demand_class
        WHERE t.workspace_sid = :workspace AND t.sid = ANY(:sids) AND t.waiting
        ORDER BY t.sid FOR NO KEY UPDATE OF t)
      UPDATE task t SET status = CASE t.status WHEN 'pending' THEN 'reserved' ELSE t.status END,
        transfer = CASE t.transfer WHEN 'waiting' THEN 'offered' END,
        offers = t.offers + 1, version = t.version + 1, updated_at = :now
      FROM held WHERE t.workspace_sid = :workspace AND t.sid = held.sid
      RETURNING t.sid, t.version
      """;

  private static final String RELEASE =
      """
      UPDATE task SET status = CASE status WHEN 'reserved' THEN 'pending' ELSE status END,
        transfer = CASE transfer WHEN 'offered' THEN 'waiting' END,
        offers = offers - 1, version = version + 1
      WHERE workspace_sid = :workspace AND sid = ANY(:sids) AND (status = 'reserved' OR transfer = 'offered')
      """;

  private final JdbcClient jdbc;
  private final TaskLog log;

  OfferedTasks(JdbcClient jdbc, TaskLog log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  /**
   * Marks waiting tasks as offered.
   *
   * @param matched the demand class of each task when it was matched
   * @return the new versions of those that still were waiting and still asked for the same
   */
  public Map<TaskSid, Integer> reserve(
      WorkspaceSid workspace, Map<TaskSid, UUID> matched, Instant now) {
    var sids = new ArrayList<String>();
    var classes = new ArrayList<String>();
    matched.forEach(
        (sid, demandClass) -> {
          sids.add(sid.value());
          classes.add(demandClass.toString());
        });
    var versions = new HashMap<TaskSid, Integer>();
    jdbc.sql(RESERVE)
        .param("workspace", workspace.value())
        .param("sids", sids.toArray(String[]::new))
        .param("classes", classes.toArray(String[]::new))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              versions.put(new TaskSid(row.getString("sid")), row.getInt("version"));
            });
    return versions;
  }

  /** Tells that tasks which were {@link #reserve reserved} are offered. */
  public void offered(WorkspaceSid workspace, Map<TaskSid, Integer> versions) {
    log.moved(workspace, versions);
  }

  /** Takes {@link #reserve} back for tasks whose workers turned out to be taken. */
  public void release(WorkspaceSid workspace, Collection<TaskSid> sids) {
    jdbc.sql(RELEASE)
        .param("workspace", workspace.value())
        .param("sids", sids.stream().map(TaskSid::value).toArray(String[]::new))
        .update();
  }
}
