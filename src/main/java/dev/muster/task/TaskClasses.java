package dev.muster.task;

import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether a waiting task stands among its equals, where one of them speaks for all, or alone: while
 * its step may still be skipped, or while workers who let it go are not to be asked again.
 */
@Repository
class TaskClasses {

  /** A step that was entered while the task was offered has still to be asked whether to skip. */
  private static final String LET_GO =
      """
      WITH t AS (
        UPDATE task SET
          status = CASE WHEN transfer IS NULL AND NOT :stillOffered THEN 'pending' ELSE status END,
          transfer = CASE WHEN transfer IS NULL OR :stillOffered THEN transfer ELSE 'waiting' END,
          declined_by = array_append(declined_by, :declinedBy),
          demand_class = :demandClass, retry_at = :retryAt, entering = entering AND step_entered_at > :offeredAt,
          version = version + 1, updated_at = :now
        WHERE workspace_sid = :workspace AND sid = :sid AND (status = 'reserved' OR transfer = 'offered')
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  private static final String STAY =
      """
      UPDATE task SET entering = false, demand_class = :demandClass
      WHERE workspace_sid = :workspace AND sid = :sid AND waiting
      """;

  private static final String ASK_AGAIN =
      """
      UPDATE task SET declined_by = '{}', retry_at = NULL, demand_class = :demandClass
      WHERE workspace_sid = :workspace AND sid = :sid AND waiting
      """;

  /** Of all workspaces: what is due anywhere is one look at one index. */
  private static final String DUE =
      Task.NAMED.formatted("task")
          + """
          WHERE t.waiting AND t.retry_at IS NOT NULL AND t.retry_at <= :now
          ORDER BY t.retry_at LIMIT 500 FOR UPDATE OF t SKIP LOCKED
          """;

  private final JdbcClient jdbc;
  private final TaskPlaces places;
  private final TaskSettings settings;

  TaskClasses(JdbcClient jdbc, TaskPlaces places, TaskSettings settings) {
    this.jdbc = jdbc;
    this.places = places;
    this.settings = settings;
  }

  /** Lets a task that entered a step stay there; among its equals, unless somebody let it go. */
  void stay(Task task) {
    write(STAY, task, places.demand(task).demandClass(!task.declinedBy().isEmpty()));
  }

  /**
   * Takes a task back that a worker let go, who is not asked again for a while. Empty if it is no
   * longer offered.
   *
   * @param offeredAt when it was offered
   * @param stillOffered whether others are still asked
   */
  Optional<Task> letGo(
      Task task, String declinedBy, Instant offeredAt, boolean stillOffered, Instant now) {
    return jdbc.sql(LET_GO)
        .param("workspace", task.workspace().value())
        .param("sid", task.sid().value())
        .param("stillOffered", stillOffered)
        .param("declinedBy", declinedBy)
        .param("demandClass", UUID.randomUUID())
        .param("retryAt", now.plus(settings.askAgainAfter()).atOffset(ZoneOffset.UTC))
        .param("offeredAt", offeredAt.atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Task::of)
        .optional();
  }

  /** Lets workers be asked again who let tasks go; says in which workspaces. */
  Set<WorkspaceSid> askAgain(Instant now) {
    var due = jdbc.sql(DUE).param("now", now.atOffset(ZoneOffset.UTC)).query(Task::of).list();
    for (var task : due) {
      write(ASK_AGAIN, task, places.demand(task).demandClass(task.entering()));
    }
    return due.stream().map(Task::workspace).collect(Collectors.toSet());
  }

  private void write(String statement, Task task, UUID demandClass) {
    jdbc.sql(statement)
        .param("workspace", task.workspace().value())
        .param("sid", task.sid().value())
        .param("demandClass", demandClass)
        .update();
  }
}
