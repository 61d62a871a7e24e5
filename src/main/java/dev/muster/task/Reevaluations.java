package dev.muster.task;

import dev.muster.workflow.ReevaluationDue;
import dev.muster.workflow.WorkflowChanged;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.TaskDoor;
import dev.muster.workspace.WorkspaceSid;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs the waiting tasks of a workflow through its rules again, a few in a transaction, so that
 * nobody waits for long for a task, or for all of them.
 *
 * <p>No task is missed. The {@link TaskDoor} is closed when the version commits: who brought a task
 * by the former one has committed before, and who comes later {@link TaskIntake looks} at the
 * version again behind the door. So one pass over the tasks in the order of their sids sees them
 * all. How far it has come commits with the tasks; whichever node has time goes on with it, also
 * when the one that began is no more.
 */
@Repository
class Reevaluations {

  private static final Logger LOG = LoggerFactory.getLogger(Reevaluations.class);

  private static final int AT_ONCE = 100;

  /** A request waits for this many times so many tasks; the others follow without it. */
  private static final int IN_A_REQUEST = 50;

  /** A second change of the workflow begins from the first task. */
  private static final String ASK =
      """
      INSERT INTO reevaluation (workspace_sid, workflow_sid, version, asked_at, after_sid)
      VALUES (:workspace, :workflow, :version, :now, '')
      ON CONFLICT (workspace_sid, workflow_sid)
        DO UPDATE SET version = excluded.version, asked_at = excluded.asked_at, after_sid = ''
      """;

  private static final String HOLD =
      """
      SELECT version, asked_at, after_sid FROM reevaluation
      WHERE workspace_sid = :workspace AND workflow_sid = :workflow FOR UPDATE
      """;

  private static final String NEXT =
      """
      SELECT sid FROM task WHERE workspace_sid = :workspace AND workflow_sid = :workflow
        AND status IN ('pending', 'reserved', 'assigned', 'wrapping')
        AND (status IN ('pending', 'reserved') OR transfer IS NOT NULL)
        AND (workflow_version < :version OR created_at <= :askedAt)
        AND sid > :after ORDER BY sid LIMIT :atOnce
      """;

  private static final String GO_ON =
      """
      UPDATE reevaluation SET after_sid = :after
      WHERE workspace_sid = :workspace AND workflow_sid = :workflow
      """;

  private static final String FINISH =
      "DELETE FROM reevaluation WHERE workspace_sid = :workspace AND workflow_sid = :workflow";

  /** Of all tenants. */
  private static final String UNFINISHED = "SELECT workspace_sid, workflow_sid FROM reevaluation";

  /**
   * @param after sid of the last task that was run through the version
   */
  private record Pass(int version, Instant askedAt, String after) {}

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Tasks tasks;
  private final Reevaluation reevaluation;

  /** One at a time; what is asked of it meanwhile is asked again by the next sweep. */
  private final ExecutorService background =
      new ThreadPoolExecutor(
          0,
          1,
          1,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          Thread.ofPlatform().name("reevaluation").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  Reevaluations(
      JdbcClient jdbc, TransactionOperations transactions, Tasks tasks, Reevaluation reevaluation) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.tasks = tasks;
    this.reevaluation = reevaluation;
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void on(WorkflowChanged change) {
    TaskDoor.close(jdbc, change.workspace());
    sql(ASK, change.workspace(), change.workflow())
        .param("version", change.version())
        .param("now", tasks.now().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Up to 5,000 tasks while the request waits. */
  @EventListener
  void on(ReevaluationDue due) {
    var batches = 0;
    while (batches < IN_A_REQUEST && goOn(due)) {
      batches++;
    }
  }

  /** Goes on with what no request waits for any more. */
  @Scheduled(fixedDelay = 1000)
  void sweep() {
    var unfinished =
        jdbc.sql(UNFINISHED)
            .query(
                (row, number) ->
                    new ReevaluationDue(
                        new WorkspaceSid(row.getString("workspace_sid")),
                        new WorkflowSid(row.getString("workflow_sid"))))
            .list();
    if (!unfinished.isEmpty()) {
      background.execute(() -> finish(new ArrayList<>(unfinished)));
    }
  }

  /** In turns, so that none waits for all the tasks of another. */
  private void finish(List<ReevaluationDue> unfinished) {
    while (!unfinished.isEmpty()) {
      unfinished.removeIf(due -> !tryToGoOn(due));
    }
  }

  private boolean tryToGoOn(ReevaluationDue due) {
    try {
      return goOn(due);
    } catch (RuntimeException failure) {
      LOG.warn("Re-evaluation of {} stopped; the next sweep goes on", due.workflow(), failure);
      return false;
    }
  }

  /** Whether there is more to do. */
  private boolean goOn(ReevaluationDue due) {
    return Boolean.TRUE.equals(transactions.execute(transaction -> runSome(due)));
  }

  private boolean runSome(ReevaluationDue due) {
    tasks.holdPlaces(due.workspace());
    var pass = hold(due);
    return pass.isPresent() && runSome(due, pass.get());
  }

  private boolean runSome(ReevaluationDue due, Pass pass) {
    var now = tasks.now();
    var next = next(due, pass);
    next.forEach(
        sid ->
            tasks
                .lock(due.workspace(), new TaskSid(sid))
                .filter(task -> task.workflow().equals(due.workflow()))
                .ifPresent(task -> reevaluation.startAgain(task, pass.version(), now)));
    if (next.size() < AT_ONCE) {
      sql(FINISH, due.workspace(), due.workflow()).update();
      LOG.info(
          "Waiting tasks of workflow {} run through version {}", due.workflow(), pass.version());
      return false;
    }
    sql(GO_ON, due.workspace(), due.workflow()).param("after", next.getLast()).update();
    return true;
  }

  private Optional<Pass> hold(ReevaluationDue due) {
    return sql(HOLD, due.workspace(), due.workflow())
        .query(
            (row, number) ->
                new Pass(
                    row.getInt("version"),
                    row.getTimestamp("asked_at").toInstant(),
                    row.getString("after_sid")))
        .optional();
  }

  private List<String> next(ReevaluationDue due, Pass pass) {
    return sql(NEXT, due.workspace(), due.workflow())
        .param("version", pass.version())
        .param("askedAt", pass.askedAt().atOffset(ZoneOffset.UTC))
        .param("after", pass.after())
        .param("atOnce", AT_ONCE)
        .query(String.class)
        .list();
  }

  private JdbcClient.StatementSpec sql(
      String statement, WorkspaceSid workspace, WorkflowSid workflow) {
    return jdbc.sql(statement)
        .param("workspace", workspace.value())
        .param("workflow", workflow.value());
  }

  @PreDestroy
  void stop() {
    background.shutdown();
  }
}
