package dev.muster.task;

import dev.muster.queue.TaskOrderChanged;
import dev.muster.rules.Attributes;
import dev.muster.workflow.Plan;
import dev.muster.workflow.Plans;
import dev.muster.workflow.Step;
import dev.muster.workflow.WorkflowChanged;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Leads waiting tasks through the steps of their workflow. */
@Repository
public class TaskRouting {

  static final String TIMED_OUT_IN_WORKFLOW = "Task canceled on Workflow timeout";
  static final String SKIPPED_OUT_OF_WORKFLOW = "Task canceled on Workflow skip";
  public static final String TIME_TO_LIVE_EXCEEDED = "Task TTL Exceeded";
  static final String OFFERED_TOO_OFTEN = "Task TTL Exceeded or Max assignment count exceeded";

  /** A task that was offered so often in vain is canceled. */
  static final int MAX_OFFERS = 1_000;

  private static final String ENTER =
      """
      WITH t AS (
        UPDATE task t SET status = 'pending', workflow_version = :workflowVersion, filter_index = :filter,
          target_index = :target, task_queue_sid = q.sid, queue_entered_at = :queueEnteredAt,
          filter_entered_at = :filterEnteredAt, step_expires_at = :stepExpiresAt, entering = :entering,
          priority = :priority, demand_class = :demandClass, declined_by = '{}', retry_at = NULL,
          rank_priority = CASE q.task_order WHEN 'FIFO' THEN -:priority ELSE 0 END,
          rank_time = (extract(epoch FROM t.virtual_start_at) * 1000000)::bigint
            * CASE q.task_order WHEN 'FIFO' THEN 1 ELSE -1 END,
          version = t.version + 1, updated_at = :now
        FROM task_queue q
        WHERE t.workspace_sid = :workspace AND t.sid = :sid AND t.status = 'pending'
          AND q.workspace_sid = t.workspace_sid AND q.sid = :queue
        RETURNING t.*)
      """
          + Task.NAMED.formatted("t");

  private static final String REQUEUE =
      """
      WITH t AS (
        UPDATE task SET status = :status, declined_by = array_remove(array_append(declined_by, :declinedBy), NULL),
          demand_class = :demandClass, retry_at = :retryAt, version = version + 1, updated_at = :now
        WHERE workspace_sid = :workspace AND sid = :sid AND status = 'reserved'
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  private static final String ASKED_AGAIN =
      """
      WHERE t.status = 'pending' AND t.retry_at IS NOT NULL AND t.retry_at <= :now
      ORDER BY t.retry_at LIMIT 500 FOR UPDATE OF t SKIP LOCKED
      """;

  private static final String RERANK =
      """
      UPDATE task SET
        rank_priority = CASE :order WHEN 'FIFO' THEN -priority ELSE 0 END,
        rank_time = (extract(epoch FROM virtual_start_at) * 1000000)::bigint * CASE :order WHEN 'FIFO' THEN 1 ELSE -1 END
      WHERE workspace_sid = :workspace AND task_queue_sid = :queue AND status IN ('pending', 'reserved')
      """;

  private final JdbcClient jdbc;
  private final Tasks tasks;
  private final TaskLife life;
  private final Plans plans;
  private final TaskLog log;
  private final Clock clock;
  private final TaskSettings settings;
  private final ApplicationEventPublisher publisher;

  TaskRouting(
      JdbcClient jdbc,
      Tasks tasks,
      TaskLife life,
      Plans plans,
      TaskLog log,
      Clock clock,
      TaskSettings settings,
      ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.life = life;
    this.plans = plans;
    this.log = log;
    this.clock = clock;
    this.settings = settings;
    this.publisher = publisher;
  }

  /** When a step that is entered now, with the filter, ends; null if not by time. */
  static @Nullable OffsetDateTime stepExpiresAt(Step step, Instant filterEnteredAt) {
    return step.deadlineSeconds() == null
        ? null
        : filterEnteredAt.plusSeconds(step.deadlineSeconds()).atOffset(ZoneOffset.UTC);
  }

  /**
   * Does what is due for a task that waits: ends it if its time to live is over, or moves it on if
   * its step is over. Does nothing if nothing is due, or while it is offered; then the end of the
   * last offer asks again.
   *
   * @return whether something was due
   */
  @Transactional
  public boolean doWhatIsDue(WorkspaceSid workspace, TaskSid sid) {
    return tasks.lock(workspace, sid).map(task -> doWhatIsDue(task, clock.instant())).orElse(false);
  }

  boolean doWhatIsDue(Task task, Instant now) {
    if (task.status().waits() && !task.expiresAt().isAfter(now)) {
      life.cancel(task, TIME_TO_LIVE_EXCEEDED, now);
      return true;
    }
    if (task.status() != TaskStatus.PENDING
        || task.stepExpiresAt() == null
        || task.stepExpiresAt().isAfter(now)) {
      return false;
    }
    var next = plan(task).afterTimeout(step(task), attributes(task));
    log.record(task, now, "task-queue.timeout");
    moveOn(task, next, "workflow.timeout", TIMED_OUT_IN_WORKFLOW, now);
    return true;
  }

  /** Moves a task on whose step asked to be skipped because nobody could take it at once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void skip(WorkspaceSid workspace, TaskSid sid) {
    var now = clock.instant();
    tasks
        .lock(workspace, sid)
        .filter(task -> task.status() == TaskStatus.PENDING && task.entering())
        .ifPresent(
            task -> {
              var next = plan(task).afterSkip(step(task), attributes(task));
              moveOn(task, next, "workflow.skipped", SKIPPED_OUT_OF_WORKFLOW, now);
            });
  }

  /**
   * Lets tasks stay in a step that did not ask to be skipped, among those that are equal to them.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void stay(WorkspaceSid workspace, List<TaskSid> sids) {
    for (var sid : sids) {
      tasks
          .lock(workspace, sid)
          .filter(task -> task.status() == TaskStatus.PENDING && task.entering())
          .ifPresent(
              task ->
                  jdbc.sql(
                          """
                          UPDATE task SET entering = false, demand_class = :demandClass
                          WHERE workspace_sid = :workspace AND sid = :sid AND status = 'pending'
                          """)
                      .param("workspace", workspace.value())
                      .param("sid", sid.value())
                      .param(
                          "demandClass",
                          demand(task, step(task), task.priority()).demandClass(false))
                      .update());
    }
  }

  /** What the task asks for in its present step. */
  public Demand demand(Task task) {
    return demand(task, step(task), task.priority());
  }

  private void moveOn(Task task, Optional<Step> next, String event, String reason, Instant now) {
    if (next.isPresent()) {
      enter(task, next.get(), task.workflowVersion(), now);
    } else {
      log.record(task, now, event);
      life.cancel(task, reason, now);
    }
  }

  /** Puts a pending task into a step. A step of another filter starts that filter's clock. */
  private void enter(Task task, Step step, int version, Instant now) {
    var sameFilter = step.filter() == task.filter() && version == task.workflowVersion();
    var sameQueue = step.queue().equals(task.queue());
    var filterEnteredAt = sameFilter ? task.filterEnteredAt() : now;
    var target = step.target();
    var priority =
        target != null && target.priority() != null ? target.priority() : task.priority();
    var entered =
        jdbc.sql(ENTER)
            .param("workspace", task.workspace().value())
            .param("sid", task.sid().value())
            .param("workflowVersion", version)
            .param("filter", step.filter())
            .param("target", step.index())
            .param("queue", step.queue().value())
            .param(
                "queueEnteredAt",
                (sameQueue ? task.queueEnteredAt() : now).atOffset(ZoneOffset.UTC))
            .param("filterEnteredAt", filterEnteredAt.atOffset(ZoneOffset.UTC))
            .param("stepExpiresAt", stepExpiresAt(step, filterEnteredAt))
            .param("entering", step.asksToSkip())
            .param("priority", priority)
            .param("demandClass", demand(task, step, priority).demandClass(step.asksToSkip()))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .optional();
    entered.ifPresent(
        moved -> {
          var types = new ArrayList<String>();
          if (!sameQueue) {
            types.add("task-queue.moved");
            types.add("task-queue.entered");
          }
          types.add("workflow.target-matched");
          log.record(moved, now, types.toArray(String[]::new));
          publisher.publishEvent(
              new TasksMoved(moved.workspace(), Map.of(moved.sid(), moved.version())));
          publisher.publishEvent(new WorkAvailable(moved.workspace()));
        });
  }

  /**
   * Runs a pending task through a version of its workflow again. In the same filter it stays in its
   * step, with what it asks for worked out anew; where no filter wants it any more it stays where
   * it is.
   */
  void reevaluate(Task task, int version, Instant now) {
    if (task.status() != TaskStatus.PENDING) {
      return;
    }
    if (task.filter() == Step.PLACED) {
      enter(task, step(task), task.workflowVersion(), now);
      return;
    }
    var first = plans.get(task.workspace(), task.workflow(), version).first(attributes(task));
    if (first.isPresent()
        && (version != task.workflowVersion() || first.get().filter() != task.filter())) {
      enter(task, first.get(), version, now);
    } else {
      enter(task, step(task), task.workflowVersion(), now);
    }
  }

  /**
   * Takes back a task whose offer came to nothing. While other offers of it are open only the
   * worker is remembered; otherwise it waits again, and what became due meanwhile is done.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void requeue(Task task, @Nullable String declinedBy, boolean stillOffered, Instant now) {
    var status = stillOffered ? TaskStatus.RESERVED : TaskStatus.PENDING;
    var waiting =
        jdbc.sql(REQUEUE)
            .param("workspace", task.workspace().value())
            .param("sid", task.sid().value())
            .param("status", status.wireName())
            .param("declinedBy", declinedBy)
            .param("demandClass", UUID.randomUUID())
            .param("retryAt", now.plus(settings.askAgainAfter()).atOffset(ZoneOffset.UTC))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .optional();
    waiting.ifPresent(
        again -> {
          publisher.publishEvent(
              new TasksMoved(again.workspace(), Map.of(again.sid(), again.version())));
          if (!stillOffered && again.offers() >= MAX_OFFERS) {
            life.cancel(again, OFFERED_TOO_OFTEN, now);
          } else if (!stillOffered && !doWhatIsDue(again, now)) {
            publisher.publishEvent(new WorkAvailable(again.workspace()));
          }
        });
  }

  /**
   * Lets the workers be asked again who declined tasks a while ago.
   *
   * @return the workspaces whose tasks these are
   */
  @Transactional
  public Set<WorkspaceSid> askAgain() {
    var now = clock.instant();
    var due =
        jdbc.sql(Task.NAMED.formatted("task") + ASKED_AGAIN)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .list();
    for (var task : due) {
      jdbc.sql(
              """
              UPDATE task SET declined_by = '{}', retry_at = NULL, demand_class = :demandClass
              WHERE workspace_sid = :workspace AND sid = :sid AND status = 'pending'
              """)
          .param("workspace", task.workspace().value())
          .param("sid", task.sid().value())
          .param("demandClass", demand(task).demandClass(task.entering()))
          .update();
    }
    return due.stream().map(Task::workspace).collect(Collectors.toSet());
  }

  @EventListener
  void on(WorkflowChanged change) {
    var now = clock.instant();
    jdbc.sql(
            """
            SELECT sid FROM task WHERE workspace_sid = :workspace AND workflow_sid = :workflow
              AND status IN ('pending', 'reserved') ORDER BY sid
            """)
        .param("workspace", change.workspace().value())
        .param("workflow", change.workflow().value())
        .query(String.class)
        .list()
        .forEach(
            sid ->
                tasks
                    .lock(change.workspace(), new TaskSid(sid))
                    .ifPresent(task -> reevaluate(task, change.version(), now)));
  }

  @EventListener
  void on(TaskOrderChanged change) {
    jdbc.sql(RERANK)
        .param("workspace", change.workspace().value())
        .param("queue", change.queue().value())
        .param("order", change.order().name())
        .update();
    publisher.publishEvent(new WorkAvailable(change.workspace()));
  }

  private Demand demand(Task task, Step step, int priority) {
    return Demand.of(
        step,
        task.channel(),
        task.sid(),
        priority,
        attributes(task),
        task.routingTarget(),
        task.ignoreCapacity());
  }

  private Plan plan(Task task) {
    return plans.get(task.workspace(), task.workflow(), task.workflowVersion());
  }

  private Step step(Task task) {
    return task.filter() == Step.PLACED
        ? Step.placed(task.queue())
        : plan(task).step(task.filter(), task.target());
  }

  private static Attributes attributes(Task task) {
    return Attributes.parse(task.attributes());
  }
}
