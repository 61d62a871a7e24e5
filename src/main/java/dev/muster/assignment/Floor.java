package dev.muster.assignment;

import dev.muster.queue.TaskQueueSid;
import dev.muster.task.Demand;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The workers who are ready during one matching round, by queue and channel, and what the round has
 * used of them so far.
 */
final class Floor {

  private record Place(TaskQueueSid queue, TaskChannelSid channel) {}

  private record Seat(WorkerSid worker, TaskChannelSid channel) {}

  static final String READY =
      """
      SELECT m.task_queue_sid, c.task_channel_sid, w.sid, w.friendly_name, w.activity_sid, w.attributes_version,
        w.idle_since, c.idle_since AS channel_idle_since, c.capacity - c.reserved AS free
      FROM worker_channel c
      JOIN queue_member m ON m.workspace_sid = c.workspace_sid AND m.worker_sid = c.worker_sid
      JOIN worker w ON w.workspace_sid = c.workspace_sid AND w.sid = c.worker_sid
      WHERE c.workspace_sid = :workspace AND c.ready
        AND c.task_channel_sid = ANY(:channels) AND m.task_queue_sid = ANY(:queues)
      """;

  private static final String DIRECT =
      """
      SELECT w.sid, w.friendly_name, w.activity_sid, w.attributes_version, w.idle_since,
        c.idle_since AS channel_idle_since, CASE WHEN :ignoreCapacity THEN 1 ELSE c.capacity - c.reserved END AS free
      FROM worker w JOIN worker_channel c ON c.workspace_sid = w.workspace_sid AND c.worker_sid = w.sid
      WHERE w.workspace_sid = :workspace AND w.sid = :sid AND c.task_channel_sid = :channel
        AND (c.ready OR (:ignoreCapacity AND c.available))
      """;

  private final JdbcClient jdbc;
  private final WorkspaceSid workspace;
  private final Map<Place, List<Candidate>> ready;
  private final Map<Seat, Integer> used = new HashMap<>();

  private Floor(JdbcClient jdbc, WorkspaceSid workspace, Map<Place, List<Candidate>> ready) {
    this.jdbc = jdbc;
    this.workspace = workspace;
    this.ready = ready;
  }

  /** Reads who is ready for any of the demands, in one query. */
  static Floor open(JdbcClient jdbc, WorkspaceSid workspace, Collection<Demand> demands) {
    record Row(Place place, Candidate candidate) {}
    var queues =
        texts(demands.stream().map(demand -> demand.queue().value()).collect(Collectors.toSet()));
    var channels =
        texts(demands.stream().map(demand -> demand.channel().value()).collect(Collectors.toSet()));
    var ready =
        jdbc
            .sql(READY)
            .param("workspace", workspace.value())
            .param("channels", channels)
            .param("queues", queues)
            .query(
                (row, number) ->
                    new Row(
                        new Place(
                            TaskQueueSid.of(row.getString("task_queue_sid")),
                            TaskChannelSid.of(row.getString("task_channel_sid"))),
                        candidate(row)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Row::place, Collectors.mapping(Row::candidate, Collectors.toList())));
    return new Floor(jdbc, workspace, ready);
  }

  /** The ready members of the demand's queue who still have room on its channel. */
  List<Candidate> candidates(Demand demand) {
    return ready.getOrDefault(new Place(demand.queue(), demand.channel()), List.of()).stream()
        .filter(candidate -> room(candidate, demand.channel()) > 0)
        .toList();
  }

  /** The one worker that a task is for, if it may be offered now. */
  Optional<Candidate> direct(Demand demand, Demand.Whom.Direct whom) {
    return jdbc.sql(DIRECT)
        .param("workspace", workspace.value())
        .param("sid", whom.sid())
        .param("channel", demand.channel().value())
        .param("ignoreCapacity", whom.ignoreCapacity())
        .query((row, number) -> candidate(row))
        .optional()
        .filter(candidate -> whom.ignoreCapacity() || room(candidate, demand.channel()) > 0);
  }

  /** Uses one unit of a worker. */
  void use(Candidate candidate, TaskChannelSid channel) {
    used.merge(new Seat(candidate.sid(), channel), 1, Integer::sum);
  }

  private int room(Candidate candidate, TaskChannelSid channel) {
    return candidate.free() - used.getOrDefault(new Seat(candidate.sid(), channel), 0);
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        WorkerSid.of(row.getString("sid")),
        row.getString("friendly_name"),
        row.getString("activity_sid"),
        row.getInt("attributes_version"),
        row.getTimestamp("idle_since").toInstant(),
        row.getTimestamp("channel_idle_since").toInstant(),
        row.getInt("free"));
  }

  private static String[] texts(Set<String> texts) {
    return texts.toArray(String[]::new);
  }
}
