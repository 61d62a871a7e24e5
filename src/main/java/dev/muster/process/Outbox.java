package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.task.TasksMoved;
import dev.muster.workspace.WorkspaceDeleted;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the engine has still to be told, one row per task, written in the transaction of the move.
 * Several moves of a task become one: the relay tells where the task stands, not how it got there.
 *
 * <p>All instants in these rows are the database's, since nodes compare them.
 */
@Repository
class Outbox {

  private static final String MOVED =
      """
      INSERT INTO process_state (workspace_sid, task_sid, version, told_version, changed_at)
      SELECT :workspace, moved.task_sid, moved.version, -1, clock_timestamp()
      FROM unnest(:tasks::text[], :versions::integer[]) AS moved (task_sid, version)
      ORDER BY moved.task_sid
      ON CONFLICT (workspace_sid, task_sid) DO UPDATE
      SET version = GREATEST(process_state.version, EXCLUDED.version),
          changed_at = CASE WHEN process_state.version > process_state.told_version
                            THEN process_state.changed_at ELSE EXCLUDED.changed_at END
      """;

  private static final String GONE =
      """
      UPDATE process_state SET version = version + 1, changed_at = clock_timestamp()
      WHERE workspace_sid = :workspace
      """;

  // What the engine makes of a telling on its way is unknown. Whoever asks for another meanwhile
  // changes changed_at, by which the relay sees that it has not told that yet.
  private static final String RETELL =
      """
      INSERT INTO process_state (workspace_sid, task_sid, version, told_version, started, changed_at)
      SELECT :workspace, :task,
             COALESCE((SELECT version FROM task WHERE workspace_sid = :workspace AND sid = :task), 0),
             -1, true, clock_timestamp() + make_interval(secs => :seconds)
      ON CONFLICT (workspace_sid, task_sid) DO UPDATE
      SET told_version = -1, changed_at = EXCLUDED.changed_at
      """;

  // Who is telling a task keeps it, so that the tellings stay in order; claimed_until says besides
  // that there may be a process.
  private static final String REFILL =
      """
      INSERT INTO process_state
        (workspace_sid, task_sid, version, told_version, started, claimed_until, changed_at)
      SELECT workspace_sid, sid, version, -1, false, '-infinity', clock_timestamp()
      FROM task
      WHERE status IN ('pending', 'reserved', 'assigned', 'wrapping')
      ORDER BY workspace_sid, sid
      ON CONFLICT (workspace_sid, task_sid) DO UPDATE
      SET told_version = -1, started = false,
          claimed_until = GREATEST(process_state.claimed_until, EXCLUDED.claimed_until),
          changed_at = EXCLUDED.changed_at
      """;

  private final JdbcClient jdbc;
  private final ProcessSettings settings;

  Outbox(JdbcClient jdbc, ProcessSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  @EventListener
  void moved(TasksMoved event) {
    var moves = event.versions().entrySet();
    jdbc.sql(MOVED)
        .param("workspace", event.workspace().value())
        .param("tasks", moves.stream().map(move -> move.getKey().value()).toArray(String[]::new))
        .param("versions", moves.stream().map(move -> move.getValue()).toArray(Integer[]::new))
        .update();
  }

  /** A task without a row is told as ended. */
  @EventListener
  void gone(WorkspaceDeleted event) {
    jdbc.sql(GONE).param("workspace", event.workspace().value()).update();
  }

  /**
   * Tells the engine once more where the task stands, after {@link ProcessSettings#retellAfter}:
   * the pause keeps a timer that fires before Muster's own clock agrees from asking without end.
   */
  void retell(WorkspaceSid workspace, TaskSid task) {
    jdbc.sql(RETELL)
        .param("workspace", workspace.value())
        .param("task", task.value())
        .param("seconds", settings.retellAfter().toMillis() / 1000.0)
        .update();
  }

  /** Tells the engine about every live task as if it knew nothing; how many those are. */
  int refill() {
    return jdbc.sql(REFILL).update();
  }
}
