package dev.muster.worker;

import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The statements about single workers. */
@Repository
class WorkerRows {

  static final String SELECT =
      """
      SELECT w.*, a.friendly_name AS activity_name
      FROM worker w
      JOIN activity a ON a.workspace_sid = w.workspace_sid AND a.sid = w.activity_sid
      WHERE w.workspace_sid = :workspace
      """;

  static final RowMapper<Worker> ROW =
      (row, number) ->
          new Worker(
              new WorkerSid(row.getString("sid")),
              row.getString("friendly_name"),
              row.getString("attributes"),
              new ActivitySid(row.getString("activity_sid")),
              row.getString("activity_name"),
              row.getBoolean("available"),
              row.getTimestamp("status_changed_at").toInstant(),
              row.getInt("version"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  /** The lock on the activity keeps it from being deleted meanwhile. */
  private static final String INSERT =
      """
      WITH activity_held AS (
        SELECT a.sid, a.friendly_name, a.available
        FROM workspace s
        JOIN activity a ON a.workspace_sid = s.sid
                       AND a.sid = coalesce(:activity::text, s.default_activity_sid)
        WHERE s.sid = :workspace
        FOR KEY SHARE OF a
      ), created AS (
        INSERT INTO worker (workspace_sid, sid, friendly_name, attributes, activity_sid, available,
                            status_changed_at, idle_since, version, created_at, updated_at)
        SELECT :workspace, :sid, :friendlyName, :attributes, sid, available,
               :now, :now, 1, :now, :now
        FROM activity_held
        RETURNING *
      )
      SELECT created.*, activity_held.friendly_name AS activity_name FROM created, activity_held
      """;

  /**
   * A worker who never had a task is idle since it first became available; one who had keeps the
   * time of its last reservation.
   */
  private static final String UPDATE =
      """
      UPDATE worker w
      SET friendly_name = :friendlyName,
          attributes = :attributes,
          attributes_version = w.attributes_version + CASE WHEN w.attributes = :attributes THEN 0 ELSE 1 END,
          activity_sid = a.sid,
          available = a.available,
          status_changed_at = CASE WHEN w.activity_sid = a.sid THEN w.status_changed_at ELSE :now END,
          idle_since = CASE WHEN a.available AND NOT w.available AND w.idle_since = w.created_at
                            THEN :now ELSE w.idle_since END,
          version = w.version + 1,
          updated_at = :now
      FROM (SELECT sid, friendly_name, available FROM activity
            WHERE workspace_sid = :workspace AND sid = :activity FOR KEY SHARE) a
      WHERE w.workspace_sid = :workspace AND w.sid = :sid AND w.version = :version
      RETURNING w.*, a.friendly_name AS activity_name
      """;

  private static final String COPY_AVAILABLE =
      """
      UPDATE worker_channel
      SET worker_available = :available,
          idle_since = CASE WHEN :available AND idle_since = created_at THEN :now ELSE idle_since END
      WHERE workspace_sid = :workspace AND worker_sid = :sid AND worker_available <> :available
      """;

  private static final String RAISE_VERSION =
      "UPDATE worker SET version = version + 1 WHERE workspace_sid = :workspace AND sid = :sid";

  private static final String LIVE_RESERVATIONS =
      """
      SELECT count(*) FROM reservation
      WHERE workspace_sid = :workspace AND worker_sid = :sid
        AND status IN ('pending', 'accepted', 'wrapping')
      """;

  private final JdbcClient jdbc;
  private final NewChannels channels;

  WorkerRows(JdbcClient jdbc, NewChannels channels) {
    this.jdbc = jdbc;
    this.channels = channels;
  }

  Optional<Worker> find(WorkspaceSid workspace, WorkerSid sid) {
    return select(workspace, sid, "");
  }

  /** Locks the worker's row, and with it the worker's channels. */
  Optional<Worker> hold(WorkspaceSid workspace, WorkerSid sid) {
    return select(workspace, sid, " FOR NO KEY UPDATE OF w");
  }

  Optional<Worker> holdToDelete(WorkspaceSid workspace, WorkerSid sid) {
    return select(workspace, sid, " FOR UPDATE OF w");
  }

  /** Empty if the activity does not exist. */
  Optional<Worker> insert(
      WorkspaceSid workspace, NewWorker worker, String attributes, Instant now) {
    var activity = worker.activitySid();
    var created =
        sql(INSERT, workspace, WorkerSid.next())
            .param("friendlyName", worker.friendlyName())
            .param("attributes", attributes)
            .param("activity", activity == null ? null : activity.value())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(ROW)
            .optional();
    created.ifPresent(row -> channels.of(workspace, row.sid(), now));
    return created;
  }

  /** Empty if the activity does not exist or the worker is no longer at the version before. */
  Optional<Worker> update(WorkspaceSid workspace, Worker before, WorkerState wanted, Instant now) {
    var after =
        sql(UPDATE, workspace, before.sid())
            .param("friendlyName", wanted.friendlyName())
            .param("attributes", wanted.attributes())
            .param("activity", wanted.activitySid().value())
            .param("version", before.version())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(ROW)
            .optional();
    after
        .filter(row -> row.available() != before.available())
        .ifPresent(row -> copyAvailable(workspace, row, now));
    return after;
  }

  /** The worker at its next version: something of it changed that is not in its row. */
  Worker raiseVersion(WorkspaceSid workspace, Worker worker) {
    sql(RAISE_VERSION, workspace, worker.sid()).update();
    return find(workspace, worker.sid()).orElseThrow();
  }

  int liveReservations(WorkspaceSid workspace, WorkerSid sid) {
    return sql(LIVE_RESERVATIONS, workspace, sid).query(Integer.class).single();
  }

  void delete(WorkspaceSid workspace, WorkerSid sid) {
    sql("DELETE FROM worker WHERE workspace_sid = :workspace AND sid = :sid", workspace, sid)
        .update();
  }

  private void copyAvailable(WorkspaceSid workspace, Worker worker, Instant now) {
    sql(COPY_AVAILABLE, workspace, worker.sid())
        .param("available", worker.available())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private Optional<Worker> select(WorkspaceSid workspace, WorkerSid sid, String lock) {
    return sql(SELECT + " AND w.sid = :sid" + lock, workspace, sid).query(ROW).optional();
  }

  private JdbcClient.StatementSpec sql(String sql, WorkspaceSid workspace, WorkerSid sid) {
    return jdbc.sql(sql).param("workspace", workspace.value()).param("sid", sid.value());
  }
}
