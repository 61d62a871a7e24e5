package dev.muster.task;

import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Admission.Nowhere;
import dev.muster.workflow.Admission.TurnedAway;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Moves tasks for which a worker is looked for from step to step, and at the end out of their
 * workflow.
 */
@Repository
class TaskMoves {

  private static final String TIMED_OUT_IN_WORKFLOW = "Task canceled on Workflow timeout";
  private static final String SKIPPED_OUT_OF_WORKFLOW = "Task canceled on Workflow skip";

  /**
   * A task that is offered keeps its status: the step is the one it goes on from. Who let it go is
   * not asked again before the others, in whichever step.
   */
  private static final String ENTER =
      """
      WITH t AS (
        UPDATE task t SET workflow_version = :workflowVersion, filter_index = :filter, target_index = :target,
          task_queue_sid = q.sid, queue_entered_at = :queueEnteredAt, filter_entered_at = :filterEnteredAt,
          step_entered_at = :now, step_expires_at = :stepExpiresAt, timed_out = :timedOut,
          queue_closed_by = :closedBy, priority_lowered_by = :loweredBy,
          entering = :entering, priority = :priority, demand_class = :demandClass,
          version = t.version + 1, updated_at = :now,
      """
          + TaskRanks.SET
          + """
        FROM task_queue q
        WHERE t.workspace_sid = :workspace AND t.sid = :sid
          AND (t.status IN ('pending', 'reserved') OR t.transfer IS NOT NULL)
          AND q.workspace_sid = t.workspace_sid AND q.sid = :queue
        RETURNING t.*)
      """
          + Task.NAMED.formatted("t");

  private static final String TURN_AWAY =
      """
      WITH t AS (
        UPDATE task SET queue_closed_by = :closedBy WHERE workspace_sid = :workspace AND sid = :sid
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  private final JdbcClient jdbc;
  private final TaskPlaces places;
  private final TaskLife life;
  private final TaskLog log;

  TaskMoves(JdbcClient jdbc, TaskPlaces places, TaskLife life, TaskLog log) {
    this.jdbc = jdbc;
    this.places = places;
    this.life = life;
    this.log = log;
  }

  /** The time of the task's step is over. */
  void timeOut(Task task, Instant now) {
    log.record(task, now, "task-queue.timeout");
    switch (places.afterTimeout(task)) {
      case Entered entered -> moveOn(task, entered, now);
      case TurnedAway turnedAway -> turnAway(task, turnedAway, now);
      case Nowhere nowhere -> leave(task, "workflow.timeout", TIMED_OUT_IN_WORKFLOW, now);
    }
  }

  /** The task's step asked to be skipped. */
  void skip(Task task, Instant now) {
    switch (places.afterSkip(task)) {
      case Entered entered -> moveOn(task, entered, now);
      case TurnedAway turnedAway -> turnAway(task, turnedAway, now);
      case Nowhere nowhere -> leave(task, "workflow.skipped", SKIPPED_OUT_OF_WORKFLOW, now);
    }
  }

  private void moveOn(Task task, Entered next, Instant now) {
    var filterEnteredAt = next.step().filter() == task.filter() ? task.filterEnteredAt() : now;
    enter(task, next, task.workflowVersion(), filterEnteredAt, now);
  }

  /** Steps whose queues are closed are over at once, and with the last of them the workflow. */
  private void turnAway(Task task, TurnedAway turnedAway, Instant now) {
    var closed =
        jdbc.sql(TURN_AWAY)
            .param("workspace", task.workspace().value())
            .param("sid", task.sid().value())
            .param("closedBy", turnedAway.closedBy().toArray(String[]::new))
            .query(Task::of)
            .single();
    leave(closed, "workflow.timeout", TIMED_OUT_IN_WORKFLOW, now);
  }

  private void leave(Task task, String event, String reason, Instant now) {
    log.routed(task, now, event);
    life.giveUp(task, reason, now);
  }

  /**
   * Puts a waiting task into the first step that a version of its workflow gives it. The filter's
   * clock starts now, unless it is the filter that the task is in already.
   */
  void startAgain(Task task, Entered entered, int version, Instant now) {
    var stays = places.staysInFilter(task, entered.step(), version);
    enter(task, entered, version, stays ? task.filterEnteredAt() : now, now);
  }

  /** Puts a task that is handed on into its first step, whose clock starts now. */
  void handOn(Task task, Entered entered, int version, Instant now) {
    enter(task, entered, version, now, now);
  }

  private void enter(
      Task task, Entered entered, int version, Instant filterEnteredAt, Instant now) {
    var step = entered.step();
    var sameQueue = step.queue().equals(task.queue());
    var demand = places.demand(task, step, entered.priority());
    jdbc.sql(ENTER)
        .param("workspace", task.workspace().value())
        .param("sid", task.sid().value())
        .param("workflowVersion", version)
        .param("filter", step.filter())
        .param("target", step.index())
        .param("queue", step.queue().value())
        .param("queueEnteredAt", (sameQueue ? task.queueEnteredAt() : now).atOffset(ZoneOffset.UTC))
        .param("filterEnteredAt", filterEnteredAt.atOffset(ZoneOffset.UTC))
        .param("stepExpiresAt", TaskPlaces.expiresAt(step, filterEnteredAt))
        .param("timedOut", entered.timedOut())
        .param("closedBy", entered.closedBy().toArray(String[]::new))
        .param("loweredBy", entered.loweredBy().toArray(String[]::new))
        .param("entering", step.asksToSkip())
        .param("priority", entered.priority())
        .param("virtualStartMicros", TaskRanks.micros(task.virtualStartAt()))
        .param("demandClass", demand.demandClass(step.asksToSkip() || !task.declinedBy().isEmpty()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Task::of)
        .optional()
        .ifPresent(after -> tell(task, after, now));
  }

  private void tell(Task before, Task entered, Instant now) {
    log.entered(before, entered, now);
    log.moved(entered);
    log.workAvailable(entered.workspace());
  }
}
