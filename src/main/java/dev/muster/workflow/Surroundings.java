package dev.muster.workflow;

import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.Kind;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.rules.World;
import dev.muster.worker.ChannelFacts;
import dev.muster.worker.WorkerNames;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.WorkspaceSid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is known around a workflow: the attributes that tasks and workers had, the queues, the
 * activities.
 */
@Repository
public class Surroundings {

  private static final int RECENT_TASKS = 2_000;
  private static final int WORKERS = 20_000;

  private static final String TASKS =
      """
      SELECT attributes FROM task WHERE workspace_sid = :workspace ORDER BY sid DESC LIMIT :limit
      """;

  private static final String STAFF =
      """
      SELECT w.sid, w.friendly_name, w.attributes, w.activity_sid, a.friendly_name AS activity_name,
        array_remove(array_agg(m.task_queue_sid), NULL) AS queues
      FROM worker w
      JOIN activity a ON a.workspace_sid = w.workspace_sid AND a.sid = w.activity_sid
      LEFT JOIN queue_member m ON m.workspace_sid = w.workspace_sid AND m.worker_sid = w.sid
      WHERE w.workspace_sid = :workspace
      GROUP BY w.workspace_sid, w.sid, a.friendly_name
      ORDER BY w.sid LIMIT :limit
      """;

  private record Colleague(Attributes attributes, Scope scope, List<String> queues) {}

  private final JdbcClient jdbc;
  private final ChannelFacts channelFacts;
  private final Admissions admissions;

  Surroundings(JdbcClient jdbc, ChannelFacts channelFacts, Admissions admissions) {
    this.jdbc = jdbc;
    this.channelFacts = channelFacts;
    this.admissions = admissions;
  }

  /** What is known now, looked up by few statements however large the workspace is. */
  public World of(WorkspaceSid workspace) {
    var tasks =
        jdbc.sql(TASKS)
            .param("workspace", workspace.value())
            .param("limit", RECENT_TASKS)
            .query(String.class)
            .list();
    var staff = staff(workspace);
    var byQueue = new HashMap<String, List<Scope>>();
    for (var colleague : staff) {
      for (var queue : colleague.queues()) {
        byQueue.computeIfAbsent(queue, sid -> new ArrayList<>()).add(colleague.scope());
      }
    }
    var queues = names("task_queue", workspace);
    return new World(
        Kind.seen(tasks.stream().map(Attributes::parse)),
        Kind.seen(staff.stream().map(Colleague::attributes)),
        queues,
        names("activity", workspace),
        admissions.outlooks(workspace, queues::containsKey),
        servedBy(byQueue));
  }

  /** Many tasks ask the same of the same queue, which is found out once. */
  private static BiPredicate<String, Expression> servedBy(Map<String, List<Scope>> byQueue) {
    record Asked(String queue, String expression) {}
    var known = new HashMap<Asked, Boolean>();
    return (queue, expression) ->
        known.computeIfAbsent(
            new Asked(queue, expression.canonical()),
            asked -> byQueue.getOrDefault(queue, List.of()).stream().anyMatch(expression::test));
  }

  /** With idle channels, for what people have to do now passes. */
  private List<Colleague> staff(WorkspaceSid workspace) {
    var onChannels = channelFacts.idle(workspace);
    return jdbc.sql(STAFF)
        .param("workspace", workspace.value())
        .param("limit", WORKERS)
        .query(
            (row, number) -> {
              var attributes = Attributes.parse(row.getString("attributes"));
              var sid = row.getString("sid");
              var names =
                  WorkerNames.of(
                      sid,
                      row.getString("friendly_name"),
                      row.getString("activity_sid"),
                      row.getString("activity_name"));
              return new Colleague(
                  attributes,
                  Scope.worker(
                      attributes,
                      BuiltIns.of(names)
                          .or(onChannels.getOrDefault(new WorkerSid(sid), BuiltIns.NONE))),
                  List.of((String[]) row.getArray("queues").getArray()));
            })
        .list();
  }

  /** The table's name is one of this class's own words, never a caller's. */
  private Map<String, String> names(String table, WorkspaceSid workspace) {
    var names = new HashMap<String, String>();
    jdbc.sql("SELECT sid, friendly_name FROM " + table + " WHERE workspace_sid = :workspace")
        .param("workspace", workspace.value())
        .query(
            row -> {
              names.put(row.getString("sid"), row.getString("friendly_name"));
            });
    return names;
  }
}
