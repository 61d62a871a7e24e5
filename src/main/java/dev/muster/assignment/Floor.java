package dev.muster.assignment;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Scope;
import dev.muster.task.Demand;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

  /** Where a task may be served. */
  record Place(TaskQueueSid queue, TaskChannelSid channel) {

    static Place of(Demand demand) {
      return new Place(demand.queue(), demand.channel());
    }
  }

  private record Seat(WorkerSid worker, TaskChannelSid channel) {}

  /**
   * Looks up each ready worker and the queues of that worker. OFFSET 0 keeps the planner from
   * reading a whole queue for each of them, which it would as long as a tenant is too new for
   * statistics.
   */
  static final String READY =
      """
      SELECT m.task_queue_sid, c.task_channel_sid, w.sid, w.friendly_name, w.activity_sid, w.version,
        w.attributes_version, w.idle_since, c.idle_since AS channel_idle_since, c.capacity - c.reserved AS free
      FROM worker_channel c
      CROSS JOIN LATERAL (
        SELECT q.task_queue_sid FROM queue_member q
        WHERE q.workspace_sid = c.workspace_sid AND q.worker_sid = c.worker_sid AND q.task_queue_sid = ANY(:queues)
        OFFSET 0) m
      CROSS JOIN LATERAL (
        SELECT o.* FROM worker o WHERE o.workspace_sid = c.workspace_sid AND o.sid = c.worker_sid OFFSET 0) w
      WHERE c.workspace_sid = :workspace AND c.ready AND c.task_channel_sid = ANY(:channels)
      """;

  private static final String DIRECT =
      """
      SELECT w.sid, w.friendly_name, w.activity_sid, w.version, w.attributes_version, w.idle_since,
        c.idle_since AS channel_idle_since, CASE WHEN :ignoreCapacity THEN 1 ELSE c.capacity - c.reserved END AS free
      FROM worker w JOIN worker_channel c ON c.workspace_sid = w.workspace_sid AND c.worker_sid = w.sid
      WHERE w.workspace_sid = :workspace AND w.sid = :sid AND c.task_channel_sid = :channel
        AND (c.ready OR (:ignoreCapacity AND c.available))
      """;

  private final JdbcClient jdbc;
  private final WorkspaceSid workspace;
  private final boolean multitasking;
  private final Map<Place, List<Candidate>> ready;
  private final Map<Seat, Integer> used = new HashMap<>();
  private final Map<WorkerSid, Instant> lastUsed = new HashMap<>();
  private final Map<Place, List<Candidate>> askable = new HashMap<>();
  private boolean spared;
  private Instant now;

  private Floor(
      JdbcClient jdbc,
      WorkspaceSid workspace,
      boolean multitasking,
      Map<Place, List<Candidate>> ready,
      Instant now) {
    this.jdbc = jdbc;
    this.workspace = workspace;
    this.multitasking = multitasking;
    this.ready = ready;
    this.now = now;
  }

  /** Reads who is ready for any of the demands, in one query. */
  static Floor open(
      JdbcClient jdbc,
      WorkspaceSid workspace,
      boolean multitasking,
      Collection<Demand> demands,
      Instant now) {
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
                            new TaskQueueSid(row.getString("task_queue_sid")),
                            new TaskChannelSid(row.getString("task_channel_sid"))),
                        candidate(row)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Row::place, Collectors.mapping(Row::candidate, Collectors.toList())));
    return new Floor(jdbc, workspace, multitasking, ready, now);
  }

  /**
   * The ready members of the demand's queue who still have room on its channel, the longest idle
   * first. Whom the round has used has been idle since then, so that the tasks of one round are
   * spread as those of many would be.
   *
   * @param byChannel whether idle time is that on the channel
   */
  List<Candidate> candidates(Demand demand, boolean byChannel) {
    return askable.computeIfAbsent(Place.of(demand), place -> candidates(place, byChannel));
  }

  /** Whether nobody of the place was ready when the round began. */
  boolean isEmpty(Place place) {
    return !ready.containsKey(place);
  }

  /** The scopes of all who were ready when the round began. */
  Map<Place, Collection<Scope>> ready(Map<WorkerSid, Scope> scopes) {
    return ready.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                place ->
                    place.getValue().stream()
                        .map(candidate -> scopes.getOrDefault(candidate.sid(), Scope.NOTHING))
                        .toList()));
  }

  /** All who were ready then in any queue and on any channel, each once. */
  Collection<Candidate> everyone() {
    var everyone = new HashMap<WorkerSid, Candidate>();
    ready.values().forEach(place -> place.forEach(each -> everyone.put(each.sid(), each)));
    return everyone.values();
  }

  private List<Candidate> candidates(Place place, boolean byChannel) {
    return ready.getOrDefault(place, List.of()).stream()
        .filter(candidate -> room(candidate, place.channel()) > 0)
        .map(candidate -> asUsed(candidate, place.channel()))
        .sorted(Candidate.longestIdle(byChannel))
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
    now = now.plusNanos(1);
    used.merge(new Seat(candidate.sid(), channel), 1, Integer::sum);
    lastUsed.put(candidate.sid(), now);
    askable.clear();
  }

  /** Whether somebody was passed over whom the next round may use. */
  boolean sparedAnybody() {
    return spared;
  }

  private Candidate asUsed(Candidate candidate, TaskChannelSid channel) {
    var since = lastUsed.get(candidate.sid());
    if (since == null) {
      return candidate;
    }
    var onChannel = used.containsKey(new Seat(candidate.sid(), channel));
    return candidate.idleSince(since, onChannel ? since : candidate.channelIdleSince());
  }

  /**
   * Who has one task at a time is used once: the offer moves such a worker to another activity, and
   * only the next round knows to which.
   */
  private int room(Candidate candidate, TaskChannelSid channel) {
    if (!multitasking && lastUsed.containsKey(candidate.sid())) {
      spared = true;
      return 0;
    }
    return candidate.free() - used(candidate.sid(), channel);
  }

  /** How many units of a worker the round has used so far. */
  int used(WorkerSid worker, TaskChannelSid channel) {
    return used.getOrDefault(new Seat(worker, channel), 0);
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        new WorkerSid(row.getString("sid")),
        row.getString("friendly_name"),
        row.getString("activity_sid"),
        row.getInt("version"),
        row.getInt("attributes_version"),
        row.getTimestamp("idle_since").toInstant(),
        row.getTimestamp("channel_idle_since").toInstant(),
        row.getInt("free"));
  }

  private static String[] texts(Set<String> texts) {
    return texts.toArray(String[]::new);
  }
}
