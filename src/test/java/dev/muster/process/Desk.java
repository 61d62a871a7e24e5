package dev.muster.process;

import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.task.TasksMoved;
import dev.muster.web.Sid;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves tasks as the rest of Muster does, with the rows and the event and nothing else: guarded
 * updates, {@link TasksMoved} inside their transaction.
 */
final class Desk implements Asked {

  private static final String CREATE =
      """
      INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds,
        task_channel_sid, workflow_sid, workflow_version, filter_index, target_index,
        task_queue_sid, queue_entered_at, filter_entered_at, step_expires_at, entering,
        process_id, virtual_start_at, ignore_capacity, demand_class, rank_priority, rank_time,
        expires_at, version, created_at, updated_at)
      VALUES (:workspace, :sid, 'pending', '{}', 0, 86400, 'TC', 'WW', 1, 0, 0, 'WQ',
        now(), now(), now() + make_interval(secs => :target), false, :process, now(), false,
        gen_random_uuid(), 0, 0, now() + make_interval(secs => :life), 0, now(), now())
      """;

  private static final String OFFER =
      """
      INSERT INTO reservation (workspace_sid, sid, task_sid, worker_sid, worker_name,
        task_queue_sid, task_channel_sid, status, expires_at, version, created_at, updated_at)
      VALUES (:workspace, :sid, :task, :worker, 'x', 'WQ1', 'TC', 'pending',
        now() + make_interval(secs => :within), 0, now(), now())
      """;

  private static final String ANSWER =
      """
      UPDATE reservation SET status = :status
      WHERE workspace_sid = :workspace AND sid = :sid AND status = 'pending'
        AND (expires_at <= clock_timestamp()) = :late
      """;

  private static final String BACK =
      """
      status = CASE WHEN EXISTS (
        SELECT 1 FROM reservation r WHERE r.workspace_sid = task.workspace_sid
          AND r.task_sid = task.sid AND r.status = 'pending') THEN 'reserved' ELSE 'pending' END
      """;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final ApplicationEventPublisher publisher;

  /** What the process has asked for, with its outcome. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What becomes of every move, if it fails. */
  volatile RuntimeException failure;

  Desk(JdbcClient jdbc, TransactionOperations transactions, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.publisher = publisher;
  }

  record Given(WorkspaceSid workspace, TaskSid task) {}

  Given create() {
    return create(Duration.ofHours(1), null);
  }

  /** A task whose workflow names a process. */
  Given createFollowing(String process) {
    return create(Duration.ofHours(1), null, process);
  }

  Given create(Duration life, Duration target) {
    return create(life, target, null);
  }

  private Given create(Duration life, Duration target, String process) {
    var given = new Given(new WorkspaceSid(Sid.next("WS")), new TaskSid(Sid.next("WT")));
    transactions.executeWithoutResult(
        transaction -> {
          statement(CREATE, given.workspace(), given.task().value())
              .param("life", seconds(life))
              .param("target", target == null ? null : seconds(target))
              .param("process", process)
              .update();
          publisher.publishEvent(new TasksMoved(given.workspace(), Map.of(given.task(), 0)));
        });
    return given;
  }

  ReservationSid offer(Given given, String worker, Duration answerWithin) {
    return offer(given, worker, answerWithin, "status = 'reserved'");
  }

  private ReservationSid offer(Given given, String worker, Duration answerWithin, String change) {
    var reservation = new ReservationSid(Sid.next("WR"));
    var offer =
        statement(OFFER, given.workspace(), reservation.value())
            .param("task", given.task().value())
            .param("worker", worker)
            .param("within", seconds(answerWithin));
    move(given.workspace(), given.task(), change, () -> offer.update() > 0);
    return reservation;
  }

  /** A worker has the task, for that long at most. */
  void assign(Given given, String status, Duration most) {
    move(
        given.workspace(),
        given.task(),
        "status = '%s', assigned_until = now() + make_interval(secs => %s)"
            .formatted(status, seconds(most)),
        () -> true);
  }

  /** The worker who has the task hands it on. */
  void handOn(Given given) {
    move(given.workspace(), given.task(), "transfer = 'waiting'", () -> true);
  }

  /** The next worker is asked. */
  ReservationSid offerNext(Given given, String worker, Duration answerWithin) {
    return offer(given, worker, answerWithin, "transfer = 'offered'");
  }

  /** The task is not handed on any more. */
  void endTransfer(Given given) {
    move(given.workspace(), given.task(), "transfer = NULL", () -> true);
  }

  /** The task comes to have another status; its open offers end. */
  void become(Given given, String status) {
    var withdraw =
        statement(
            """
            UPDATE reservation SET status = 'canceled'
            WHERE workspace_sid = :workspace AND task_sid = :sid AND status = 'pending'
            """,
            given.workspace(),
            given.task().value());
    move(
        given.workspace(),
        given.task(),
        "status = '%s'".formatted(status),
        () -> withdraw.update() >= 0);
  }

  @Override
  public boolean escalate(WorkspaceSid workspace, TaskSid task) {
    return answer(
        "escalate " + task,
        move(
            workspace,
            task,
            "step_expires_at = NULL",
            isDue(workspace, task, "CASE status WHEN 'pending' THEN step_expires_at END")));
  }

  @Override
  public boolean expire(WorkspaceSid workspace, TaskSid task) {
    return answer(
        "expire " + task,
        move(
            workspace,
            task,
            "status = CASE status WHEN 'pending' THEN 'canceled' ELSE 'completed' END",
            isDue(
                workspace,
                task,
                "CASE status WHEN 'pending' THEN expires_at ELSE assigned_until END")));
  }

  private BooleanSupplier isDue(WorkspaceSid workspace, TaskSid task, String deadline) {
    var due =
        statement(
            """
            SELECT 1 FROM task
            WHERE workspace_sid = :workspace AND sid = :sid AND %s <= clock_timestamp() FOR UPDATE
            """
                .formatted(deadline),
            workspace,
            task.value());
    return () -> !due.query(Integer.class).list().isEmpty();
  }

  @Override
  public boolean expireReservation(WorkspaceSid workspace, ReservationSid reservation) {
    return answer("expire " + reservation, end(workspace, reservation, "timeout", true, BACK));
  }

  @Override
  public boolean accept(ProcessId process, WorkspaceSid workspace, ReservationSid reservation) {
    return accept(workspace, reservation);
  }

  boolean accept(WorkspaceSid workspace, ReservationSid reservation) {
    return answer(
        "accept " + reservation,
        end(workspace, reservation, "accepted", false, "status = 'assigned'"));
  }

  @Override
  public boolean complete(ProcessId process, WorkspaceSid workspace, TaskSid task, String reason) {
    return answer("complete " + task, move(workspace, task, "status = 'completed'", () -> true));
  }

  private boolean end(
      WorkspaceSid workspace, ReservationSid sid, String status, boolean late, String change) {
    var task =
        statement(
                "SELECT task_sid FROM reservation WHERE workspace_sid = :workspace AND sid = :sid",
                workspace,
                sid.value())
            .query(String.class)
            .single();
    var end = statement(ANSWER, workspace, sid.value()).param("status", status).param("late", late);
    return move(workspace, new TaskSid(task), change, () -> end.update() > 0);
  }

  private boolean move(
      WorkspaceSid workspace, TaskSid task, String change, BooleanSupplier condition) {
    var presentFailure = failure;
    if (presentFailure != null) {
      throw presentFailure;
    }
    return Boolean.TRUE.equals(
        transactions.execute(
            transaction -> {
              if (!condition.getAsBoolean()) {
                return false;
              }
              var version =
                  statement(
                          """
                          UPDATE task SET %s, version = version + 1
                          WHERE workspace_sid = :workspace AND sid = :sid RETURNING version
                          """
                              .formatted(change),
                          workspace,
                          task.value())
                      .query(Integer.class)
                      .single();
              publisher.publishEvent(new TasksMoved(workspace, Map.of(task, version)));
              return true;
            }));
  }

  private JdbcClient.StatementSpec statement(String sql, WorkspaceSid workspace, String sid) {
    return jdbc.sql(sql).param("workspace", workspace.value()).param("sid", sid);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private boolean answer(String what, boolean done) {
    asked.add(what + (done ? "" : " in vain"));
    return done;
  }
}
