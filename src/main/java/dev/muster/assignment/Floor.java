package dev.muster.assignment;

import dev.muster.rules.Scope;
import dev.muster.task.Demand;
import dev.muster.task.Demand.Whom;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The workers who are ready during one matching round, by queue or by themselves, and channel, and
 * what the round has used of them so far.
 */
final class Floor {

  /**
   * Where a task may be served.
   *
   * @param whose sid of a queue, whose members may serve it, or of the one worker who may
   * @param ignoringCapacity whether that worker may without being ready
   */
  record Place(String whose, TaskChannelSid channel, boolean ignoringCapacity) {

    static Place of(Demand demand) {
      return demand.whom() instanceof Whom.Direct direct
          ? new Place(direct.sid(), demand.channel(), direct.ignoreCapacity())
          : new Place(demand.queue().value(), demand.channel(), false);
    }

    static boolean isOneWorkers(Demand demand) {
      return demand.whom() instanceof Whom.Direct;
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
      SELECT m.task_queue_sid AS whose, c.task_channel_sid, false AS ignoring, w.sid, w.friendly_name, w.activity_sid, w.version,
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

  /** Looks up each worker whom a task is for, ready or not. */
  static final String READY_THEMSELVES =
      """
      SELECT w.sid AS whose, c.task_channel_sid, a.ignoring, w.sid, w.friendly_name, w.activity_sid, w.version,
        w.attributes_version, w.idle_since, c.idle_since AS channel_idle_since, c.capacity - c.reserved AS free
      FROM unnest(:workers::text[], :channels::text[], :ignoring::boolean[]) AS a (worker_sid, channel_sid, ignoring)
      CROSS JOIN LATERAL (
        SELECT o.* FROM worker_channel o
        WHERE o.workspace_sid = :workspace AND o.worker_sid = a.worker_sid AND o.task_channel_sid = a.channel_sid
          AND (o.ready OR (a.ignoring AND o.available))
        OFFSET 0) c
      CROSS JOIN LATERAL (
        SELECT o.* FROM worker o WHERE o.workspace_sid = c.workspace_sid AND o.sid = c.worker_sid OFFSET 0) w
      """;

  private final boolean multitasking;
  private final Map<Place, List<Candidate>> ready;
  private final Map<Seat, Integer> used = new HashMap<>();
  private final Map<WorkerSid, Instant> lastUsed = new HashMap<>();
  private final Map<Place, List<Candidate>> askable = new HashMap<>();
  private boolean spared;
  private Instant now;

  private Floor(boolean multitasking, Map<Place, List<Candidate>> ready, Instant now) {
    this.multitasking = multitasking;
    this.ready = ready;
    this.now = now;
  }

  /** Reads who is ready for any of the demands: one query for all queues, one for all workers. */
  static Floor open(
      JdbcClient jdbc,
      WorkspaceSid workspace,
      boolean multitasking,
      Collection<Demand> demands,
      Instant now) {
    var places =
        demands.stream()
            .collect(
                Collectors.partitioningBy(
                    Place::isOneWorkers, Collectors.mapping(Place::of, Collectors.toSet())));
    var ready = new HashMap<Place, List<Candidate>>();
    var queues = places.getOrDefault(false, Set.of());
    if (!queues.isEmpty()) {
      jdbc.sql(READY)
          .param("workspace", workspace.value())
          .param(
              "channels", texts(queues.stream().map(place -> place.channel().value()).distinct()))
          .param("queues", texts(queues.stream().map(Place::whose).distinct()))
          .query(into(ready));
    }
    var workers = List.copyOf(places.getOrDefault(true, Set.of()));
    if (!workers.isEmpty()) {
      jdbc.sql(READY_THEMSELVES)
          .param("workspace", workspace.value())
          .param("workers", texts(workers.stream().map(Place::whose)))
          .param("channels", texts(workers.stream().map(place -> place.channel().value())))
          .param("ignoring", workers.stream().map(Place::ignoringCapacity).toArray(Boolean[]::new))
          .query(into(ready));
    }
    return new Floor(multitasking, ready, now);
  }

  private static RowCallbackHandler into(Map<Place, List<Candidate>> ready) {
    return row -> {
      var place =
          new Place(
              row.getString("whose"),
              new TaskChannelSid(row.getString("task_channel_sid")),
              row.getBoolean("ignoring"));
      ready.computeIfAbsent(place, somewhere -> new ArrayList<>()).add(candidate(row));
    };
  }

  /**
   * Those who are ready for the demand and still have room on its channel, the longest idle first.
   * Whom the round has used has been idle since then, so that the tasks of one round are spread as
   * those of many would be.
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
        .filter(candidate -> place.ignoringCapacity() || room(candidate, place.channel()) > 0)
        .map(candidate -> asUsed(candidate, place.channel()))
        .sorted(Candidate.longestIdle(byChannel))
        .toList();
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

  private static String[] texts(Stream<String> texts) {
    return texts.toArray(String[]::new);
  }
}
