package dev.muster.assignment;

import dev.muster.task.Demand;
import dev.muster.workspace.WorkspaceSid;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tasks that wait, seen by demand class: the first of a class speaks for all that are equal to
 * it.
 */
@Repository
class WaitingTasks {

  private static final String FACTS =
      """
      SELECT t.workspace_sid, t.sid, t.workflow_sid, t.demand_class, t.rank_priority, t.rank_time, t.entering, t.declined_by,
        t.expires_at, t.created_at, t.offers = 0 AS unoffered, t.trace, q.max_reserved_workers,
        q.task_order = s.prioritize_queue_order AS in_preferred_kind,
        w.task_reservation_timeout_seconds, w.assignment_callback_url IS NOT NULL AS announced,
        c.channel_optimized_routing,
        EXISTS (SELECT 1 FROM task n
          WHERE n.workspace_sid = t.workspace_sid AND n.waiting AND n.demand_class = t.demand_class
            AND (n.rank_priority, n.rank_time, n.sid) > (t.rank_priority, t.rank_time, t.sid)) AS more
      FROM waiting t
      JOIN workspace s ON s.sid = t.workspace_sid
      JOIN task_queue q ON q.workspace_sid = t.workspace_sid AND q.sid = t.task_queue_sid
      JOIN workflow w ON w.workspace_sid = t.workspace_sid AND w.sid = t.workflow_sid
      JOIN task_channel c ON c.workspace_sid = t.workspace_sid AND c.sid = t.task_channel_sid
      """;

  private static final String FIRST_OF_CLASS =
      """
      , waiting AS (
        SELECT h.* FROM wanted w CROSS JOIN LATERAL (
          SELECT t.* FROM task t
          WHERE t.workspace_sid = :workspace AND t.waiting AND t.demand_class = w.id
          ORDER BY t.rank_priority, t.rank_time, t.sid LIMIT 1) h
      )
      """
          + FACTS;

  /**
   * Looks in the index between any two of the known classes, and steps from class to class only
   * where there are others, so that its cost is that of the classes and not of the tasks.
   */
  static final String HEADS_WITHOUT =
      """
      WITH RECURSIVE wanted AS (
        SELECT n.id, gap.until FROM (
          SELECT known AS since, lead(known, 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff') OVER (ORDER BY known) AS until
          FROM unnest('{00000000-0000-0000-0000-000000000000}' || (SELECT :classes::uuid[])) AS known) gap
        CROSS JOIN LATERAL (
           SELECT t.demand_class AS id FROM task t
           WHERE t.workspace_sid = :workspace AND t.waiting AND t.demand_class > gap.since AND t.demand_class < gap.until
           ORDER BY t.demand_class LIMIT 1) n
        UNION ALL
        SELECT n.id, w.until FROM wanted w
        CROSS JOIN LATERAL (
           SELECT t.demand_class AS id FROM task t
           WHERE t.workspace_sid = :workspace AND t.waiting AND t.demand_class > w.id AND t.demand_class < w.until
           ORDER BY t.demand_class LIMIT 1) n
      )
      """
          + FIRST_OF_CLASS;

  static final String HEADS_OF = "WITH wanted AS (SELECT unnest(:classes) AS id)" + FIRST_OF_CLASS;

  static final String NEXT =
      """
      WITH waiting AS (
        SELECT t.* FROM task t
        WHERE t.workspace_sid = :workspace AND t.waiting AND t.demand_class = :demandClass
          AND (t.rank_priority, t.rank_time, t.sid) > (:rankPriority, :rankTime, :sid)
        ORDER BY t.rank_priority, t.rank_time, t.sid LIMIT :count
      )
      """
          + FACTS
          + " ORDER BY t.rank_priority, t.rank_time, t.sid";

  /**
   * Of all tenants, stepping from workspace to workspace through the index: its cost is that of the
   * workspaces where tasks wait.
   */
  static final String WORKSPACES =
      """
      WITH RECURSIVE waiting AS (
        (SELECT t.workspace_sid FROM task t WHERE t.waiting ORDER BY t.workspace_sid LIMIT 1)
        UNION ALL
        (SELECT n.workspace_sid FROM waiting w CROSS JOIN LATERAL (
           SELECT t.workspace_sid FROM task t
           WHERE t.waiting AND t.workspace_sid > w.workspace_sid
           ORDER BY t.workspace_sid LIMIT 1) n)
      )
      SELECT workspace_sid FROM waiting
      """;

  /** Their classes are the last in the index. */
  static final String ANY_ASKS_FOR_LOAD =
      """
      SELECT count(*) > 0 FROM (
        SELECT FROM task t WHERE t.workspace_sid = :workspace AND t.waiting AND t.demand_class >= :first
        ORDER BY t.demand_class LIMIT 1) one
      """;

  /** Of all tenants, for the operator. */
  private static final String DEPTHS =
      """
      SELECT workspace_sid, task_queue_sid, count(*) AS tasks, min(created_at) AS oldest
      FROM task WHERE waiting
      GROUP BY workspace_sid, task_queue_sid
      ORDER BY tasks DESC, workspace_sid, task_queue_sid
      """;

  private final JdbcClient jdbc;

  WaitingTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The workspaces in which tasks wait. */
  List<WorkspaceSid> workspaces() {
    return jdbc.sql(WORKSPACES).query(String.class).list().stream().map(WorkspaceSid::of).toList();
  }

  /** How many tasks wait in each queue, most first. */
  List<Depth> depths() {
    return jdbc.sql(DEPTHS).query(Depth::of).list();
  }

  /** Whether a task waits that {@link Demand#asksForLoad asks for load}. */
  boolean anyAsksForLoad(WorkspaceSid workspace) {
    return jdbc.sql(ANY_ASKS_FOR_LOAD)
        .param("workspace", workspace.value())
        .param("first", Demand.FIRST_FOR_LOAD)
        .query(Boolean.class)
        .single();
  }

  /** The first task of each demand class of the workspace, but for those classes. */
  List<Waiting> headsWithout(WorkspaceSid workspace, Collection<UUID> classes) {
    return heads(HEADS_WITHOUT, workspace, classes);
  }

  /** The first task of each of the classes that have one. */
  List<Waiting> heads(WorkspaceSid workspace, Collection<UUID> classes) {
    return classes.isEmpty() ? List.of() : heads(HEADS_OF, workspace, classes);
  }

  private List<Waiting> heads(String sql, WorkspaceSid workspace, Collection<UUID> classes) {
    return jdbc.sql(sql)
        .param("workspace", workspace.value())
        .param("classes", classes.toArray(UUID[]::new))
        .query(Waiting::of)
        .list();
  }

  /** The tasks of the same class that come after this one, at most {@code count}. */
  List<Waiting> after(Waiting task, int count) {
    return jdbc.sql(NEXT)
        .param("workspace", task.workspace().value())
        .param("demandClass", task.demandClass())
        .param("rankPriority", task.rankPriority())
        .param("rankTime", task.rankTime())
        .param("sid", task.sid().value())
        .param("count", count)
        .query(Waiting::of)
        .list();
  }
}
