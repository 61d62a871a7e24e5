package dev.muster.queue;

import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.worker.Roster;
import dev.muster.worker.WorkerChanged;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps who is a member of which queue: the workers whose attributes satisfy the queue's {@code
 * target_workers}.
 *
 * <p>A changed worker is tried on all queues, a changed queue on all workers. The two do not miss
 * each other: changes of workers share the {@link Roster}, a change of a queue closes it.
 */
@Repository
public class Membership {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private static final String QUEUES =
      "SELECT sid, target_workers AS text FROM task_queue WHERE workspace_sid = :workspace";

  private static final String WORKERS =
      "SELECT sid, attributes AS text FROM worker WHERE workspace_sid = :workspace";

  private static final String LEAVE_QUEUE =
      """
      DELETE FROM queue_member m
      WHERE m.workspace_sid = :workspace AND m.task_queue_sid = :queue
        AND NOT EXISTS (SELECT 1 FROM unnest(:workers::text[]) AS member (sid)
                        WHERE member.sid = m.worker_sid)
      """;

  private static final String JOIN_QUEUE =
      """
      INSERT INTO queue_member (workspace_sid, task_queue_sid, worker_sid)
      SELECT :workspace, :queue, member.sid FROM unnest(:workers::text[]) AS member (sid)
      ON CONFLICT DO NOTHING
      """;

  private static final String LEAVE_QUEUES =
      """
      DELETE FROM queue_member m
      WHERE m.workspace_sid = :workspace AND m.worker_sid = :worker
        AND NOT EXISTS (SELECT 1 FROM unnest(:queues::text[]) AS joined (sid)
                        WHERE joined.sid = m.task_queue_sid)
      """;

  private static final String JOIN_QUEUES =
      """
      INSERT INTO queue_member (workspace_sid, task_queue_sid, worker_sid)
      SELECT :workspace, joined.sid, :worker FROM unnest(:queues::text[]) AS joined (sid)
      ON CONFLICT DO NOTHING
      """;

  private static final RowMapper<Row> ROW =
      (row, number) -> new Row(row.getString("sid"), row.getString("text"));

  private static final int FETCH = 1000;

  private record Row(String sid, String text) {}

  private final JdbcClient jdbc;
  private final TargetWorkers targetWorkers;
  private final Roster roster;
  private final ApplicationEventPublisher publisher;

  Membership(
      JdbcClient jdbc,
      TargetWorkers targetWorkers,
      Roster roster,
      ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.targetWorkers = targetWorkers;
    this.roster = roster;
    this.publisher = publisher;
  }

  /** Finds the queues of a worker anew, after its attributes were written. */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void follow(WorkerChanged change) {
    if (!change.attributesChanged()) {
      return;
    }
    var workspace = change.workspace();
    var attributes = attributes(workspace, change.worker());
    var queues =
        sids(
            QUEUES,
            workspace,
            queue -> expression(new TaskQueueSid(queue.sid()), queue.text()).test(attributes));
    sql(LEAVE_QUEUES, workspace)
        .param("worker", change.worker().value())
        .param("queues", queues)
        .update();
    var joined =
        sql(JOIN_QUEUES, workspace)
            .param("worker", change.worker().value())
            .param("queues", queues)
            .update();
    announce(workspace, joined);
  }

  /** Lets nobody's attributes change until the transaction ends; comes before the queue's row. */
  @Transactional(propagation = Propagation.MANDATORY)
  void hold(WorkspaceSid workspace) {
    roster.close(workspace);
  }

  /**
   * Finds the members of a queue anew, after its expression was written. Membership is {@link #hold
   * held}.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void follow(WorkspaceSid workspace, TaskQueueSid queue, String targetWorkers) {
    var expression = expression(queue, targetWorkers);
    var workers =
        sids(WORKERS, workspace, worker -> expression.test(Attributes.parse(worker.text())));
    var left =
        sql(LEAVE_QUEUE, workspace)
            .param("queue", queue.value())
            .param("workers", workers)
            .update();
    var joined =
        sql(JOIN_QUEUE, workspace).param("queue", queue.value()).param("workers", workers).update();
    announce(workspace, joined);
    LOG.info("Queue {} has {} members, {} left, {} joined", queue, workers.length, left, joined);
  }

  private Expression expression(TaskQueueSid queue, String text) {
    return targetWorkers.of(queue, text);
  }

  private String[] sids(String select, WorkspaceSid workspace, Predicate<Row> condition) {
    try (var rows = sql(select, workspace).withFetchSize(FETCH).query(ROW).stream()) {
      return rows.filter(condition).map(Row::sid).toArray(String[]::new);
    }
  }

  private Attributes attributes(WorkspaceSid workspace, WorkerSid worker) {
    var row =
        sql(WORKERS + " AND sid = :worker", workspace)
            .param("worker", worker.value())
            .query(ROW)
            .single();
    return Attributes.parse(row.text());
  }

  private JdbcClient.StatementSpec sql(String sql, WorkspaceSid workspace) {
    return jdbc.sql(sql).param("workspace", workspace.value());
  }

  private void announce(WorkspaceSid workspace, int joined) {
    if (joined > 0) {
      publisher.publishEvent(new WorkAvailable(workspace));
    }
  }
}
