package dev.muster.task;

import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Leads waiting tasks through the steps of their workflow, as time passes and offers fail. */
@Component
public class TaskRouting {

  private static final String TIME_TO_LIVE_EXCEEDED = "Task TTL Exceeded";
  private static final String OFFERED_TOO_OFTEN =
      "Task TTL Exceeded or Max assignment count exceeded";

  /** A task that was offered so often in vain is canceled. */
  private static final int MAX_OFFERS = 1_000;

  private final Tasks tasks;
  private final TaskLife life;
  private final TaskMoves moves;
  private final TaskClasses classes;
  private final TaskLog log;

  TaskRouting(Tasks tasks, TaskLife life, TaskMoves moves, TaskClasses classes, TaskLog log) {
    this.tasks = tasks;
    this.life = life;
    this.moves = moves;
    this.classes = classes;
    this.log = log;
  }

  /**
   * Does what is due for a task: ends it if its time is over, or moves it on if it waits and its
   * step is over. Does nothing if nothing is due, or while it is offered; then the end of the last
   * offer asks again.
   *
   * @return whether something was due
   */
  @Transactional
  public boolean doWhatIsDue(WorkspaceSid workspace, TaskSid sid) {
    tasks.holdPlaces(workspace);
    return tasks.lock(workspace, sid).map(task -> doWhatIsDue(task, log.now())).orElse(false);
  }

  private boolean doWhatIsDue(Task task, Instant now) {
    if (endIfTooOld(task, now)) {
      return true;
    }
    if (!task.isWaiting() || !isOver(task.stepExpiresAt(), now)) {
      return false;
    }
    moves.timeOut(task, now);
    return true;
  }

  /**
   * Ends a task whose time is over: that for which a worker may have it, or the time to live of one
   * for which a worker is looked for, asked or not. If it is being handed on, its time to live ends
   * only that.
   *
   * @return whether it was
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean endIfTooOld(Task task, Instant now) {
    if (isOver(task.assignedUntil(), now)) {
      return life.takeAway(task, now).isPresent();
    }
    return task.seeksWorker()
        && isOver(task.expiresAt(), now)
        && life.giveUp(task, TIME_TO_LIVE_EXCEEDED, now).isPresent();
  }

  private static boolean isOver(@Nullable Instant end, Instant now) {
    return end != null && !end.isAfter(now);
  }

  /**
   * Moves a task on, which is held, as are the places, whose step asked to be skipped because
   * nobody could take it at once. Does nothing if it asks for something else by now.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void skip(WorkspaceSid workspace, TaskSid sid, UUID demandClass) {
    tasks
        .find(workspace, sid)
        .filter(task -> hasJustEntered(task, demandClass))
        .ifPresent(task -> moves.skip(task, log.now()));
  }

  /**
   * Lets a task, which is held, stay in a step that did not ask to be skipped, among those that are
   * equal to it. Does nothing if it asks for something else by now.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void stay(WorkspaceSid workspace, TaskSid sid, UUID demandClass) {
    tasks
        .find(workspace, sid)
        .filter(task -> hasJustEntered(task, demandClass))
        .ifPresent(classes::stay);
  }

  private static boolean hasJustEntered(Task task, UUID demandClass) {
    return task.isWaiting() && task.entering() && task.demandClass().equals(demandClass);
  }

  /**
   * Takes back a task, which is held, as are the places, whose offer came to nothing. While other
   * offers of it are open only the worker is remembered; otherwise it waits again, and what became
   * due meanwhile is done.
   *
   * @param declinedBy sid of the worker who let it go
   * @param offeredAt when the offer was made
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void requeue(
      Task task, String declinedBy, Instant offeredAt, boolean stillOffered, Instant now) {
    var taken = classes.letGo(task, declinedBy, offeredAt, stillOffered, now);
    taken.ifPresent(log::moved);
    taken
        .filter(again -> again.isWaiting() && life.goesOn(again, now))
        .ifPresent(again -> waitAgain(again, now));
  }

  private void waitAgain(Task task, Instant now) {
    if (task.offers() >= MAX_OFFERS) {
      life.giveUp(task, OFFERED_TOO_OFTEN, now);
    } else if (!doWhatIsDue(task, now)) {
      log.workAvailable(task.workspace());
    }
  }

  /**
   * Lets the workers be asked again who declined tasks a while ago.
   *
   * @return the workspaces whose tasks these are
   */
  @Transactional
  public Set<WorkspaceSid> askAgain() {
    return classes.askAgain(log.now());
  }
}
