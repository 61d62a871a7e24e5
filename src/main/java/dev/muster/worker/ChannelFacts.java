package dev.muster.worker;

import dev.muster.rules.Scope.BuiltIns;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What expressions read of workers as {@code channel.<unique name>.…}: capacity, assigned tasks,
 * and how much of the capacity no reservation holds.
 */
@Repository
public class ChannelFacts {

  private static final String SELECT =
      """
      SELECT c.worker_sid, c.task_channel_sid, t.unique_name, c.capacity, c.reserved, c.assigned
      FROM worker_channel c
      JOIN task_channel t ON t.workspace_sid = c.workspace_sid AND t.sid = c.task_channel_sid
      WHERE c.workspace_sid = :workspace
      """;

  private static final String OF_WORKERS = SELECT + " AND c.worker_sid = ANY(:workers)";

  private record Channel(
      WorkerSid worker,
      TaskChannelSid sid,
      String uniqueName,
      int capacity,
      int reserved,
      int assigned) {}

  private static final RowMapper<Channel> ROW =
      (row, number) ->
          new Channel(
              new WorkerSid(row.getString("worker_sid")),
              new TaskChannelSid(row.getString("task_channel_sid")),
              row.getString("unique_name"),
              row.getInt("capacity"),
              row.getInt("reserved"),
              row.getInt("assigned"));

  private final JdbcClient jdbc;

  ChannelFacts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The channels of each of the workers, as they are. */
  public Map<WorkerSid, BuiltIns> of(WorkspaceSid workspace, Collection<WorkerSid> workers) {
    return of(workspace, workers, (worker, channel) -> 0);
  }

  /**
   * The channels of each of the workers, as they are but for reservations that are about to be
   * made.
   *
   * @param taken how many units these take of a worker's channel; asked whenever a name is read
   */
  public Map<WorkerSid, BuiltIns> of(
      WorkspaceSid workspace,
      Collection<WorkerSid> workers,
      ToIntBiFunction<WorkerSid, TaskChannelSid> taken) {
    var channels =
        jdbc.sql(OF_WORKERS)
            .param("workspace", workspace.value())
            .param("workers", workers.stream().map(WorkerSid::value).toArray(String[]::new))
            .query(ROW)
            .list();
    return names(
        channels,
        channel -> channel.reserved() + taken.applyAsInt(channel.worker(), channel.sid()),
        Channel::assigned);
  }

  /** The channels of each worker of the workspace, as they would be if nobody had any work. */
  public Map<WorkerSid, BuiltIns> idle(WorkspaceSid workspace) {
    var channels = jdbc.sql(SELECT).param("workspace", workspace.value()).query(ROW).list();
    return names(channels, channel -> 0, channel -> 0);
  }

  private static Map<WorkerSid, BuiltIns> names(
      List<Channel> channels, ToIntFunction<Channel> reserved, ToIntFunction<Channel> assigned) {
    var figures = new HashMap<WorkerSid, Map<String, IntSupplier>>();
    for (var channel : channels) {
      var name = "channel." + channel.uniqueName();
      var ofWorker = figures.computeIfAbsent(channel.worker(), sid -> new HashMap<>());
      ofWorker.put(name + ".configured_capacity", channel::capacity);
      ofWorker.put(name + ".assigned_tasks", () -> assigned.applyAsInt(channel));
      ofWorker.put(
          name + ".available_capacity_percentage",
          () ->
              WorkerChannel.availableCapacityPercentage(
                  channel.capacity(), reserved.applyAsInt(channel)));
    }
    var names = new HashMap<WorkerSid, BuiltIns>();
    figures.forEach(
        (worker, ofWorker) ->
            names.put(
                worker,
                name ->
                    ofWorker.get(name) instanceof IntSupplier figure ? figure.getAsInt() : null));
    return names;
  }
}
