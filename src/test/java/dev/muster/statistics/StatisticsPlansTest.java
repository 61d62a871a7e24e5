package dev.muster.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** With 200,000 events and as many tasks, statistics find their way by indexes alone. */
class StatisticsPlansTest extends TwoTenantsTest {

  private static final int EVENTS = 200_000;

  @Autowired RollUps rollUps;
  @Autowired TransactionTemplate transaction;

  @Test
  void readsNeitherEventsNorTalliesNorTasksFromEndToEnd() {
    fill(ours, EVENTS * 3 / 4);
    fill(theirs, EVENTS / 4);
    countAll();
    jdbc.sql("VACUUM ANALYZE").update();
    var queues =
        jdbc.sql("SELECT sid FROM task_queue WHERE workspace_sid = :workspace")
            .param("workspace", ours.workspace())
            .query(String.class)
            .list()
            .toArray(String[]::new);

    for (var length : List.of(Duration.ofMinutes(15), Duration.ofDays(30))) {
      var window = new Window(clock.instant().minus(length), clock.instant());
      var question = new Question(ours.workspaceSid(), window, null, List.of());
      assertUsesIndexes(Tallies.COUNT, Span.MINUTE, question, new String[] {ours.workspace()});
      assertUsesIndexes(Tallies.COUNT, Span.MINUTE, question, queues);
      assertUsesIndexes(Tallies.COUNT, Span.HOUR, question, new String[] {"WK1", "WK2"});
      assertUsesIndexes(WaitTallies.COUNT, WaitTallies.SHORTEST, question, queues);
    }
    for (var scope : Scope.values()) {
      assertUsesIndexes(
          LiveTasks.count(scope),
          Map.of("workspace", ours.workspace(), "subjects", queues, "channel", "TC"));
      assertUsesIndexes(
          LiveTasks.oldest(scope),
          Map.of("workspace", ours.workspace(), "subjects", queues, "channel", "TC"));
    }
    assertUsesIndexes(
        LiveTasks.oldestInQueue(),
        Map.of("workspace", ours.workspace(), "subjects", queues, "channel", "TC"));
    assertUsesIndexes(
        Stays.MEASURE,
        Map.of(
            "workspace",
            ours.workspace(),
            "start",
            clock.instant().minus(Window.HISTORY).atOffset(ZoneOffset.UTC),
            "end",
            clock.instant().atOffset(ZoneOffset.UTC),
            "workers",
            new String[] {"WK1"}));
    var progress =
        jdbc.sql("SELECT counted_before::text FROM tally_progress").query(String.class).single();
    for (var sql : List.of(RollUp.COUNT, RollUp.COUNT_WAITS)) {
      assertThat(plan(sql, Map.of("from", "0", "until", "100"))).contains("event_by_tx");
      assertThat(plan(sql, Map.of("from", progress, "until", progress))).contains("event_by_tx");
    }
  }

  /** Transactions of whoever else uses the server may be in the way for a while. */
  private void countAll() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              rollUps.run();
              return jdbc.sql(
                      "SELECT NOT EXISTS (SELECT FROM event WHERE tx >= (SELECT counted_before FROM tally_progress))")
                  .query(Boolean.class)
                  .single();
            });
  }

  private void assertUsesIndexes(String sql, Span shortest, Question question, String[] subjects) {
    transaction.executeWithoutResult(
        status ->
            assertUsesIndexes(
                CountedTime.statement(jdbc, "EXPLAIN " + sql, question, shortest)
                    .param("subjects", subjects)
                    .query(String.class)
                    .list()
                    .toString()));
  }

  private void assertUsesIndexes(String sql, Map<String, Object> parameters) {
    assertUsesIndexes(plan(sql, parameters));
  }

  private String plan(String sql, Map<String, Object> parameters) {
    return String.join(
        "\n", jdbc.sql("EXPLAIN " + sql).params(parameters).query(String.class).list());
  }

  private static void assertUsesIndexes(String plan) {
    assertThat(plan)
        .as(plan)
        .doesNotContain("Seq Scan on event ")
        .doesNotContain("Seq Scan on tally ")
        .doesNotContain("Seq Scan on wait_tally ")
        .doesNotContain("Seq Scan on task ");
  }

  /** A month of work in ten queues; one task in twenty is not over. */
  private void fill(Given tenant, int count) {
    var queue = tenant.queue("Queue", "1==1");
    for (var i = 0; i < 10; i++) {
      tenant.queue("Queue " + i, "1==1");
    }
    var workflow = tenant.workflow("Simple", "", queue);
    jdbc.sql(
            """
            INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, at, data, worker_sid, task_queue_sid,
              workflow_sid, task_channel_sid)
            SELECT :workspace, 'EV' || lpad(to_hex(n), 32, '0'),
              (ARRAY['task.created', 'reservation.accepted', 'task.completed', 'worker.activity.update'])[1 + n % 4],
              'task', 'WT', :now - n * interval '30 days' / :count,
              CASE n % 4
                WHEN 1 THEN jsonb_build_object('task_age_ms', (n % 90000)::text,
                  'task_age_in_queue_ms', (n % 90000)::text)
                WHEN 3 THEN jsonb_build_object('worker_previous_activity_sid', 'WA',
                  'worker_time_in_previous_activity_ms', '60000')
                ELSE '{}'
              END,
              'WK' || n % 100, q.sids[1 + n % 11], :workflow, CASE n % 4 WHEN 3 THEN NULL ELSE 'TC' END
            FROM (SELECT array_agg(sid) AS sids FROM task_queue WHERE workspace_sid = :workspace) q,
              generate_series(1, :count) AS n
            """)
        .param("workspace", tenant.workspace())
        .param("workflow", workflow.getSid())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("count", count)
        .update();
    jdbc.sql(
            """
            INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds, task_channel_sid,
              workflow_sid, workflow_version, filter_index, target_index, task_queue_sid, queue_entered_at,
              filter_entered_at, entering, virtual_start_at, ignore_capacity, demand_class, rank_priority, rank_time,
              expires_at, version, created_at, updated_at)
            SELECT :workspace, 'WT' || lpad(to_hex(n), 32, '0'),
              CASE WHEN n % 20 = 0 THEN 'pending' ELSE 'completed' END, '{}', 0, 86400, 'TC',
              :workflow, 1, -1, 0, q.sids[1 + n % 11], now(), now(), false, now(), false, md5((n % 50)::text)::uuid, 0, n,
              now() + interval '1 day', 1, now(), now()
            FROM (SELECT array_agg(sid) AS sids FROM task_queue WHERE workspace_sid = :workspace) q,
              generate_series(1, :count) AS n
            """)
        .param("workspace", tenant.workspace())
        .param("workflow", workflow.getSid())
        .param("count", count)
        .update();
  }
}
