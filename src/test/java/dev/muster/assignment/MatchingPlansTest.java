package dev.muster.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.task.Demand;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** With 200,000 tasks and 5,000 workers, matching finds its way by indexes alone. */
class MatchingPlansTest extends TwoTenantsTest {

  private static final int TASKS = 200_000;
  private static final int WORKERS = 5_000;

  @Test
  void readsNeitherTasksNorWorkersFromEndToEnd() {
    for (var tenant : List.of(ours, theirs)) {
      fill(tenant, tenant == ours ? TASKS * 9 / 10 : TASKS / 10, tenant == ours ? WORKERS : 50);
    }
    jdbc.sql("ANALYZE").update();
    var queues =
        jdbc.sql("SELECT sid FROM task_queue WHERE workspace_sid = :workspace")
            .param("workspace", ours.workspace())
            .query(String.class)
            .list()
            .toArray(String[]::new);
    var channels =
        jdbc.sql(
                "SELECT sid FROM task_channel WHERE workspace_sid = :workspace AND unique_name ="
                    + " 'default'")
            .param("workspace", ours.workspace())
            .query(String.class)
            .list()
            .toArray(String[]::new);
    var demandClass =
        jdbc.sql("SELECT demand_class FROM task WHERE workspace_sid = :workspace LIMIT 1")
            .param("workspace", ours.workspace())
            .query(UUID.class)
            .single();

    assertUsesIndexes(WaitingTasks.WORKSPACES, Map.of());
    var classes =
        Map.<String, Object>of(
            "workspace", ours.workspace(), "classes", new UUID[] {demandClass, UUID.randomUUID()});
    assertUsesIndexes(WaitingTasks.HEADS_WITHOUT, classes);
    assertUsesIndexes(WaitingTasks.HEADS_OF, classes);
    assertUsesIndexes(
        WaitingTasks.NEXT,
        Map.of(
            "workspace",
            ours.workspace(),
            "demandClass",
            demandClass,
            "rankPriority",
            0,
            "rankTime",
            0L,
            "sid",
            "",
            "count",
            50));
    assertUsesIndexes(
        WaitingTasks.ANY_ASKS_FOR_LOAD,
        Map.of("workspace", ours.workspace(), "first", Demand.FIRST_FOR_LOAD));
    assertUsesIndexes(
        Floor.READY, Map.of("workspace", ours.workspace(), "queues", queues, "channels", channels));
    var each = Collections.nCopies(1000, channels[0]).toArray(String[]::new);
    var one = Collections.nCopies(1000, false).toArray(Boolean[]::new);
    assertUsesIndexes(
        Floor.READY_THEMSELVES,
        Map.of("workspace", ours.workspace(), "workers", each, "channels", each, "ignoring", one));
  }

  private void assertUsesIndexes(String sql, Map<String, Object> parameters) {
    var plan =
        jdbc.sql("EXPLAIN " + sql).params(parameters).query(String.class).list().stream()
            .collect(Collectors.joining("\n"));
    assertThat(plan)
        .as(plan)
        .doesNotContain("Seq Scan on task ")
        .doesNotContain("Seq Scan on worker ")
        .doesNotContain("Seq Scan on worker_channel ");
  }

  /** One worker in twenty is ready, as on a busy floor. */
  private void fill(Given tenant, int tasks, int workers) {
    var everyone = tenant.queue("Everyone", "1==1");
    var workflow = tenant.workflow("Simple", "", everyone);
    jdbc.sql(
            """
            INSERT INTO worker (workspace_sid, sid, friendly_name, attributes, activity_sid, available, status_changed_at,
              idle_since, version, created_at, updated_at)
            SELECT :workspace, 'WK' || lpad(to_hex(n), 32, '0'), 'Worker ' || n, '{}',
              (SELECT default_activity_sid FROM workspace WHERE sid = :workspace), n % 20 = 0, now(), now(), 1, now(), now()
            FROM generate_series(1, :workers) AS n
            """)
        .param("workspace", tenant.workspace())
        .param("workers", workers)
        .update();
    jdbc.sql(
            """
            INSERT INTO worker_channel (workspace_sid, worker_sid, task_channel_sid, sid, capacity, available,
              worker_available, idle_since, created_at, updated_at)
            SELECT w.workspace_sid, w.sid, c.sid, 'WC' || md5(w.sid || c.sid), 1, true, w.available, now(), now(), now()
            FROM worker w JOIN task_channel c USING (workspace_sid) WHERE w.workspace_sid = :workspace
            """)
        .param("workspace", tenant.workspace())
        .update();
    jdbc.sql(
            """
            INSERT INTO queue_member (workspace_sid, task_queue_sid, worker_sid)
            SELECT workspace_sid, :queue, sid FROM worker WHERE workspace_sid = :workspace
            """)
        .param("workspace", tenant.workspace())
        .param("queue", everyone.getSid())
        .update();
    jdbc.sql(
            """
            INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds, task_channel_sid,
              workflow_sid, workflow_version, filter_index, target_index, task_queue_sid, queue_entered_at,
              filter_entered_at, entering, virtual_start_at, ignore_capacity, demand_class, rank_priority, rank_time,
              expires_at, version, created_at, updated_at)
            SELECT :workspace, 'WT' || lpad(to_hex(n), 32, '0'),
              CASE WHEN n % 2 = 0 THEN 'pending' ELSE 'completed' END, '{}', 0, 86400,
              (SELECT sid FROM task_channel WHERE workspace_sid = :workspace AND unique_name = 'default'),
              :workflow, 1, -1, 0, :queue, now(), now(), false, now(), false, md5((n % 50)::text)::uuid, 0, n,
              now() + interval '1 day', 1, now(), now()
            FROM generate_series(1, :tasks) AS n
            """)
        .param("workspace", tenant.workspace())
        .param("workflow", workflow.getSid())
        .param("queue", everyone.getSid())
        .param("tasks", tasks)
        .update();
  }
}
