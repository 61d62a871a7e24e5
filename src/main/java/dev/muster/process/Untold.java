package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The relay's side of the {@link Outbox}: who tells what, and what has been told. */
@Repository
class Untold {

  private static final String CLAIM =
      """
      WITH due AS (
        SELECT workspace_sid, task_sid, claimed_until IS NOT NULL AS attempted
        FROM process_state
        WHERE version > told_version
          AND changed_at <= clock_timestamp() - make_interval(secs => :linger)
          AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
        ORDER BY changed_at
        LIMIT :limit
        FOR UPDATE SKIP LOCKED
      )
      UPDATE process_state p SET claimed_until = clock_timestamp() + make_interval(secs => :lease)
      FROM due
      WHERE p.workspace_sid = due.workspace_sid AND p.task_sid = due.task_sid
      RETURNING p.workspace_sid, p.task_sid, p.version, p.started, due.attempted, p.changed_at
      """;

  // Rows that a move holds are skipped and written with the next batch, so that the relay never
  // waits for a transaction that may be waiting for the relay. What somebody has asked to be told
  // anew since it was taken stays untold.
  private static final String TOLD =
      """
      WITH told AS (
        SELECT *
        FROM unnest(:workspaces::text[], :tasks::text[], :versions::integer[], :ended::boolean[],
                    :changes::timestamptz[])
          AS told (workspace_sid, task_sid, version, ended, changed_at)
      ), free AS (
        SELECT p.workspace_sid, p.task_sid, told.version, told.ended AND p.version <= told.version AS over,
               p.changed_at <> told.changed_at AS anew
        FROM told
        JOIN process_state p ON p.workspace_sid = told.workspace_sid AND p.task_sid = told.task_sid
        FOR UPDATE OF p SKIP LOCKED
      ), gone AS (
        DELETE FROM process_state p USING free
        WHERE free.over AND NOT free.anew
          AND p.workspace_sid = free.workspace_sid AND p.task_sid = free.task_sid
      ), kept AS (
        UPDATE process_state p SET told_version = free.version, started = true, claimed_until = NULL
        FROM free
        WHERE NOT free.over AND NOT free.anew
          AND p.workspace_sid = free.workspace_sid AND p.task_sid = free.task_sid
      ), asked_anew AS (
        UPDATE process_state p SET claimed_until = clock_timestamp()
        FROM free
        WHERE free.anew AND p.workspace_sid = free.workspace_sid AND p.task_sid = free.task_sid
      )
      SELECT told.task_sid
      FROM told
      JOIN process_state p ON p.workspace_sid = told.workspace_sid AND p.task_sid = told.task_sid
      WHERE told.task_sid NOT IN (SELECT task_sid FROM free)
      """;

  private static final String RELEASE =
      """
      WITH free AS (
        SELECT p.workspace_sid, p.task_sid, back.attempted OR p.changed_at <> back.changed_at AS attempted
        FROM unnest(:workspaces::text[], :tasks::text[], :attempted::boolean[], :changes::timestamptz[])
          AS back (workspace_sid, task_sid, attempted, changed_at)
        JOIN process_state p ON p.workspace_sid = back.workspace_sid AND p.task_sid = back.task_sid
        FOR UPDATE OF p SKIP LOCKED
      )
      UPDATE process_state p
      SET claimed_until = CASE WHEN free.attempted THEN clock_timestamp() END
      FROM free
      WHERE p.workspace_sid = free.workspace_sid AND p.task_sid = free.task_sid
      """;

  private static final String FALL_BACK =
      """
      WITH free AS (
        SELECT t.workspace_sid, t.sid
        FROM unnest(:workspaces::text[], :tasks::text[]) AS bereft (workspace_sid, task_sid)
        JOIN task t ON t.workspace_sid = bereft.workspace_sid AND t.sid = bereft.task_sid
        FOR UPDATE OF t SKIP LOCKED
      )
      UPDATE task t SET process_id = NULL
      FROM free
      WHERE t.workspace_sid = free.workspace_sid AND t.sid = free.sid
      """;

  private static final String LAG =
      """
      SELECT COALESCE(EXTRACT(EPOCH FROM clock_timestamp() - min(changed_at)), 0)
      FROM process_state WHERE version > told_version
      """;

  private static final RowMapper<Claim> ROW =
      (row, number) ->
          new Claim(
              new WorkspaceSid(row.getString("workspace_sid")),
              new TaskSid(row.getString("task_sid")),
              row.getInt("version"),
              row.getBoolean("started"),
              row.getBoolean("attempted"),
              row.getTimestamp("changed_at").toInstant());

  private final JdbcClient jdbc;
  private final ProcessSettings settings;

  Untold(JdbcClient jdbc, ProcessSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /**
   * Takes up to {@code limit} tasks for {@link ProcessSettings#lease}, those that have waited
   * longest first.
   */
  List<Claim> claim(int limit) {
    return jdbc.sql(CLAIM)
        .param("linger", seconds(settings.linger()))
        .param("lease", seconds(settings.lease()))
        .param("limit", limit)
        .query(ROW)
        .list();
  }

  /**
   * Notes that the engine knows these standings; rows of tasks whose end it knows are removed. What
   * is to be told anew since it was taken is given back instead.
   *
   * @return those that a move holds at this moment, to be noted again
   */
  List<Answered> told(List<Answered> answers) {
    var standings = answers.stream().map(Answered::standing).toList();
    var held =
        jdbc.sql(TOLD)
            .param("workspaces", texts(standings, standing -> standing.workspace().value()))
            .param("tasks", texts(standings, standing -> standing.task().value()))
            .param("versions", standings.stream().map(Standing::version).toArray(Integer[]::new))
            .param("ended", standings.stream().map(Standing::ended).toArray(Boolean[]::new))
            .param("changes", texts(answers, answer -> answer.claim().changedAt().toString()))
            .query(String.class)
            .set();
    return answers.stream().filter(answer -> held.contains(answer.claim().task().value())).toList();
  }

  /**
   * Gives claims back, to be taken by any node. One that a move holds at this moment comes back
   * when its lease is over.
   */
  void release(List<Claim> claims) {
    jdbc.sql(RELEASE)
        .param("workspaces", texts(claims, claim -> claim.workspace().value()))
        .param("tasks", texts(claims, claim -> claim.task().value()))
        .param("attempted", claims.stream().map(Claim::attempted).toArray(Boolean[]::new))
        .param("changes", texts(claims, claim -> claim.changedAt().toString()))
        .update();
  }

  /**
   * Gives tasks Muster's own process for good, because the one they name cannot be started. One
   * that a move holds at this moment is left as it is.
   */
  void fallBack(List<Claim> claims) {
    jdbc.sql(FALL_BACK)
        .param("workspaces", texts(claims, claim -> claim.workspace().value()))
        .param("tasks", texts(claims, claim -> claim.task().value()))
        .update();
  }

  /** How long the task that has waited longest has waited; zero if the engine knows everything. */
  Duration lag() {
    var seconds = jdbc.sql(LAG).query(Double.class).single();
    return Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static <T> String[] texts(List<T> items, Function<T, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }
}
