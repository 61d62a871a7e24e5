package dev.muster.task;

import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Step;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Runs a waiting task through its rules again. One that is being offered stays with its offer, and
 * goes on from its new place if that comes to nothing. Where no rule wants a task any more, or the
 * operator has closed every queue that the rules lead it to, it stays where it is; so does one
 * whose queue its creator chose.
 */
@Component
class Reevaluation {

  private final TaskPlaces places;
  private final TaskMoves moves;

  Reevaluation(TaskPlaces places, TaskMoves moves) {
    this.places = places;
    this.moves = moves;
  }

  /**
   * The attributes of a waiting task changed: it starts again where the rules decide otherwise
   * about it than before. Else it stays in its step, even if it came there by time.
   */
  void attributesChanged(Task before, Task after, Instant now) {
    if (after.filter() != Step.PLACED && !places.filter(after).equals(places.filter(before))) {
      startAgain(after, after.workflowVersion(), now);
    }
  }

  /** A task, which is held, starts again from the top of a version of its workflow. */
  void startAgain(Task task, int version, Instant now) {
    if (task.seeksWorker()
        && task.filter() != Step.PLACED
        && task.workflowVersion() <= version
        && places.first(task, version) instanceof Entered entered) {
      moves.startAgain(task, entered, version, now);
    }
  }
}
