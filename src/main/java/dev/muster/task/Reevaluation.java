package dev.muster.task;

import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Step;
import dev.muster.workflow.WorkflowChanged;
import java.time.Instant;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Runs waiting tasks through their rules again. One that is being offered stays with its offer, and
 * goes on from its new place if that comes to nothing. Where no rule wants a task any more, or the
 * operator has closed every queue that the rules lead it to, it stays where it is; so does one
 * whose queue its creator chose.
 */
@Repository
class Reevaluation {

  private static final String WAITING =
      """
      SELECT sid FROM task WHERE workspace_sid = :workspace AND workflow_sid = :workflow
        AND status IN ('pending', 'reserved', 'assigned', 'wrapping')
        AND (status IN ('pending', 'reserved') OR transfer IS NOT NULL) ORDER BY sid
      """;

  private final JdbcClient jdbc;
  private final Tasks tasks;
  private final TaskPlaces places;
  private final TaskMoves moves;

  Reevaluation(JdbcClient jdbc, Tasks tasks, TaskPlaces places, TaskMoves moves) {
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.places = places;
    this.moves = moves;
  }

  /** The tenant asked for it: every waiting task of the workflow starts again from the top. */
  @EventListener
  void on(WorkflowChanged change) {
    var now = tasks.now();
    jdbc.sql(WAITING)
        .param("workspace", change.workspace().value())
        .param("workflow", change.workflow().value())
        .query(String.class)
        .list()
        .forEach(
            sid ->
                tasks
                    .lock(change.workspace(), new TaskSid(sid))
                    .filter(task -> task.seeksWorker() && task.filter() != Step.PLACED)
                    .ifPresent(task -> startAgain(task, change.version(), now)));
  }

  /**
   * The attributes of a waiting task changed: it starts again where the rules decide otherwise
   * about it than before. Else it stays in its step, even if it came there by time.
   */
  void attributesChanged(Task before, Task after, Instant now) {
    if (after.filter() == Step.PLACED) {
      return;
    }
    if (!places.filter(after).equals(places.filter(before))) {
      startAgain(after, after.workflowVersion(), now);
    }
  }

  private void startAgain(Task task, int version, Instant now) {
    if (places.first(task, version) instanceof Entered entered) {
      moves.startAgain(task, entered, version, now);
    }
  }
}
