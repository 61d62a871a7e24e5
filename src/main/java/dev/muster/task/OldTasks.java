package dev.muster.task;

import dev.muster.workspace.WorkspaceSid;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** Deletes tasks that were over long ago, together with what belongs to them. */
@Repository
class OldTasks {

  private static final Logger LOG = LoggerFactory.getLogger(OldTasks.class);

  private static final int AT_ONCE = 1_000;

  /** Of all tenants, from workspace to workspace by the index of what is over. */
  private static final String FORGET =
      """
      WITH old AS MATERIALIZED (
        SELECT o.workspace_sid, o.sid FROM workspace w CROSS JOIN LATERAL (
          SELECT t.workspace_sid, t.sid FROM task t
          WHERE t.workspace_sid = w.sid AND t.hidden_at <= :before
          ORDER BY t.hidden_at LIMIT :atOnce FOR UPDATE SKIP LOCKED) o
        LIMIT :atOnce
      ), handed_on AS (
        DELETE FROM transfer x USING old
        WHERE x.workspace_sid = old.workspace_sid AND x.task_sid = old.sid
      )
      DELETE FROM task t USING old
      WHERE t.workspace_sid = old.workspace_sid AND t.sid = old.sid
      RETURNING t.workspace_sid, t.sid
      """;

  private record Forgotten(WorkspaceSid workspace, TaskSid task) {}

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final ApplicationEventPublisher publisher;
  private final TaskLog log;
  private final TaskSettings settings;

  OldTasks(
      JdbcClient jdbc,
      TransactionOperations transactions,
      ApplicationEventPublisher publisher,
      TaskLog log,
      TaskSettings settings) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.publisher = publisher;
    this.log = log;
    this.settings = settings;
  }

  /** Deletes what has been kept for as long as it is to be, a thousand tasks at a time. */
  @Scheduled(
      initialDelayString = "${muster.task.forget-every:1h}",
      fixedDelayString = "${muster.task.forget-every:1h}")
  void forget() {
    var all = 0;
    int some;
    do {
      some = transactions.execute(transaction -> forgetSome());
      all += some;
    } while (some == AT_ONCE);
    if (all > 0) {
      LOG.info("Forgot {} tasks that were over for {}", all, settings.keepEndedFor());
    }
  }

  private Integer forgetSome() {
    var forgotten =
        jdbc.sql(FORGET)
            .param("before", log.now().minus(settings.keepEndedFor()).atOffset(ZoneOffset.UTC))
            .param("atOnce", AT_ONCE)
            .query(
                (row, number) ->
                    new Forgotten(
                        new WorkspaceSid(row.getString("workspace_sid")),
                        new TaskSid(row.getString("sid"))))
            .list();
    forgotten.stream()
        .collect(
            Collectors.groupingBy(
                Forgotten::workspace, Collectors.mapping(Forgotten::task, Collectors.toList())))
        .forEach(
            (workspace, tasks) -> publisher.publishEvent(new TasksForgotten(workspace, tasks)));
    return forgotten.size();
  }
}
