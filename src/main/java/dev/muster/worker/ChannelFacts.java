package dev.muster.worker;

import dev.muster.workspace.WorkspaceSid;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What expressions read as {@code worker.channel.<unique name>.…}. */
@Repository
public class ChannelFacts {

  private static final String SELECT =
      """
      SELECT c.worker_sid, t.unique_name, c.capacity, c.assigned,
        CASE WHEN c.capacity = 0 THEN 0
          ELSE greatest(0, floor(100.0 * (c.capacity - c.reserved) / c.capacity))::int END AS free_percentage
      FROM worker_channel c
      JOIN task_channel t ON t.workspace_sid = c.workspace_sid AND t.sid = c.task_channel_sid
      WHERE c.workspace_sid = :workspace AND c.worker_sid = ANY(:workers)
      """;

  private final JdbcClient jdbc;

  ChannelFacts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** For each of the workers what the names stand for, by what follows {@code worker.}. */
  public Map<WorkerSid, Map<String, Object>> of(
      WorkspaceSid workspace, Collection<WorkerSid> workers) {
    var facts = new HashMap<WorkerSid, Map<String, Object>>();
    jdbc.sql(SELECT)
        .param("workspace", workspace.value())
        .param("workers", workers.stream().map(WorkerSid::value).toArray(String[]::new))
        .query(
            row -> {
              var channel = "channel." + row.getString("unique_name");
              var names =
                  facts.computeIfAbsent(
                      new WorkerSid(row.getString("worker_sid")), sid -> new HashMap<>());
              names.put(channel + ".configured_capacity", row.getInt("capacity"));
              names.put(channel + ".assigned_tasks", row.getInt("assigned"));
              names.put(channel + ".available_capacity_percentage", row.getInt("free_percentage"));
            });
    return facts;
  }
}
