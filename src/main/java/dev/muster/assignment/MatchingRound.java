package dev.muster.assignment;

import dev.muster.reservation.Offers;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pairs the waiting tasks of one workspace with its ready workers, in one short transaction. Only
 * one round of a workspace runs at a time, on whichever node holds the workspace's lock, so the
 * order of tasks is exact.
 */
@Component
class MatchingRound {

  private final WaitingTasks waitingTasks;
  private final Demands demands;
  private final Pairings pairings;
  private final Offers offers;
  private final SkippedSteps skippedSteps;

  MatchingRound(
      WaitingTasks waitingTasks,
      Demands demands,
      Pairings pairings,
      Offers offers,
      SkippedSteps skippedSteps) {
    this.waitingTasks = waitingTasks;
    this.demands = demands;
    this.pairings = pairings;
    this.offers = offers;
    this.skippedSteps = skippedSteps;
  }

  /**
   * Makes the reservations that can be made now.
   *
   * @return whether another round should follow at once
   */
  @Transactional
  public boolean run(WorkspaceSid workspace) {
    waitingTasks.hold(workspace);
    var heads = waitingTasks.heads(workspace);
    var asked = demands.of(workspace, heads);
    if (asked.isEmpty()) {
      return false;
    }
    var found = pairings.pair(workspace, heads, asked);
    // A match that came to nothing leaves a task or a worker whom no other change will speak for.
    var dropped =
        !found.offers().isEmpty() && offers.make(workspace, found.offers()) < found.offers().size();
    var skipped = skippedSteps.ask(workspace, found.unserved(), asked);
    return found.unfinished() || dropped || skipped;
  }
}
