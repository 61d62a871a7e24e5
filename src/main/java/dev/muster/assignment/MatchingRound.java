package dev.muster.assignment;

import dev.muster.assignment.SkippedSteps.Entering;
import dev.muster.reservation.Offer;
import dev.muster.reservation.Offers;
import dev.muster.task.TaskSid;
import dev.muster.task.Tasks;
import dev.muster.workspace.WorkspaceSid;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pairs the waiting tasks of one workspace with its ready workers, in one short transaction. Only
 * one round of a workspace runs at a time, on whichever node holds the workspace's lock, so the
 * order of tasks is exact.
 */
@Component
class MatchingRound {

  private final Unservable unservable;
  private final WaitingTasks waitingTasks;
  private final Demands demands;
  private final Pairings pairings;
  private final Offers offers;
  private final SkippedSteps skippedSteps;
  private final Tasks tasks;

  MatchingRound(
      Unservable unservable,
      WaitingTasks waitingTasks,
      Demands demands,
      Pairings pairings,
      Offers offers,
      SkippedSteps skippedSteps,
      Tasks tasks) {
    this.unservable = unservable;
    this.waitingTasks = waitingTasks;
    this.demands = demands;
    this.pairings = pairings;
    this.offers = offers;
    this.skippedSteps = skippedSteps;
    this.tasks = tasks;
  }

  /**
   * Makes the reservations that can be made now.
   *
   * @return whether another round should follow at once
   */
  @Transactional
  public boolean run(WorkspaceSid workspace) {
    offers.hold(workspace);
    var remembered = unservable.of(workspace).classes();
    var heads = waitingTasks.headsWithout(workspace, remembered.keySet());
    var asked = demands.of(workspace, heads);
    // Nobody else may speak for those who wait behind a task that has gone since the look.
    var missed = asked.size() < heads.size();
    if (asked.isEmpty() && remembered.isEmpty()) {
      return missed;
    }
    var found = pairings.pair(workspace, heads, asked, remembered);
    var entering = SkippedSteps.toBeAsked(found.unserved(), asked);
    if (!entering.isEmpty()) {
      tasks.holdPlaces(workspace);
      tasks.holdAll(workspace, concerned(found.offers(), entering));
    }
    // A match that came to nothing leaves a task or a worker whom no other change will speak for.
    var dropped =
        !found.offers().isEmpty() && offers.make(workspace, found.offers()) < found.offers().size();
    var skipped = skippedSteps.ask(workspace, entering);
    return found.unfinished() || missed || dropped || skipped;
  }

  /** All the tasks that the round changes: whoever changes several holds them before workers. */
  private static List<TaskSid> concerned(List<Offer> offers, List<Entering> entering) {
    return Stream.concat(
            offers.stream().map(Offer::task), entering.stream().map(each -> each.task().sid()))
        .distinct()
        .toList();
  }
}
