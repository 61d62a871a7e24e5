package dev.muster.worker;

import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The channels of workers: one per task channel. Their use is counted by {@link Capacity}. */
@Repository
public class WorkerChannels {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerChannels.class);

  private static final String SELECT =
      """
      SELECT c.*, t.unique_name AS task_channel_unique_name
      FROM worker_channel c
      JOIN task_channel t ON t.workspace_sid = c.workspace_sid AND t.sid = c.task_channel_sid
      WHERE c.workspace_sid = :workspace AND c.worker_sid = :worker
      """;

  private static final RowMapper<WorkerChannel> ROW =
      (row, number) ->
          new WorkerChannel(
              new WorkerChannelSid(row.getString("sid")),
              new WorkerSid(row.getString("worker_sid")),
              new TaskChannelSid(row.getString("task_channel_sid")),
              row.getString("task_channel_unique_name"),
              row.getInt("capacity"),
              row.getBoolean("available"),
              row.getInt("reserved"),
              row.getInt("assigned"),
              row.getTimestamp("idle_since").toInstant(),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private static final String UPDATE =
      """
      UPDATE worker_channel
      SET capacity = :capacity, available = :available, updated_at = :now
      WHERE workspace_sid = :workspace AND worker_sid = :worker AND sid = :sid
      """;

  private final JdbcClient jdbc;
  private final WorkerRows workers;
  private final WorkerEvents events;
  private final Clock clock;

  WorkerChannels(JdbcClient jdbc, WorkerRows workers, WorkerEvents events, Clock clock) {
    this.jdbc = jdbc;
    this.workers = workers;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Lists a worker's channels in the order of their creation.
   *
   * @throws Refused if there is no such worker
   */
  @Transactional(readOnly = true)
  public Page<WorkerChannel> list(WorkspaceSid workspace, WorkerSid worker, PageRequest page) {
    if (workers.find(workspace, worker).isEmpty()) {
      throw Refused.notFound();
    }
    return Listing.of(jdbc, SELECT, "c.sid", ROW)
        .with("workspace", workspace.value())
        .with("worker", worker.value())
        .page(page, channel -> channel.sid().value());
  }

  /**
   * The channel of that name.
   *
   * @param name the channel's own sid, or the sid or unique name of its task channel
   * @throws Refused if there is none
   */
  @Transactional(readOnly = true)
  public WorkerChannel get(WorkspaceSid workspace, WorkerSid worker, String name) {
    return select(workspace, worker, name);
  }

  /**
   * Changes a channel; what is absent stays. Tasks beyond a lowered capacity are kept.
   *
   * @param name as for {@link #get}
   * @param capacity 0 to 50
   */
  @Transactional
  public WorkerChannel update(
      WorkspaceSid workspace,
      WorkerSid worker,
      String name,
      @Nullable Integer capacity,
      @Nullable Boolean available) {
    var owner = workers.hold(workspace, worker).orElseThrow(Refused::notFound);
    var before = select(workspace, worker, name);
    var wantedCapacity = capacity == null ? before.capacity() : capacity;
    var wantedAvailable = available == null ? before.available() : available;
    if (wantedCapacity == before.capacity() && wantedAvailable == before.available()) {
      return before;
    }
    var now = clock.instant();
    write(workspace, before, wantedCapacity, wantedAvailable, now);
    var after = select(workspace, worker, before.sid().value());
    if (after.capacity() != before.capacity()) {
      events.capacityChanged(workspace, workers.raiseVersion(workspace, owner), before, after, now);
    }
    if (after.available() != before.available()) {
      events.availabilityChanged(
          workspace, workers.raiseVersion(workspace, owner), before, after, now);
    }
    LOG.info(
        "Worker {} has capacity {} on {}, available: {}",
        worker,
        after.capacity(),
        after.taskChannelUniqueName(),
        after.available());
    return after;
  }

  private void write(
      WorkspaceSid workspace, WorkerChannel channel, int capacity, boolean available, Instant now) {
    jdbc.sql(UPDATE)
        .param("workspace", workspace.value())
        .param("worker", channel.workerSid().value())
        .param("sid", channel.sid().value())
        .param("capacity", capacity)
        .param("available", available)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private WorkerChannel select(WorkspaceSid workspace, WorkerSid worker, String name) {
    return jdbc.sql(SELECT + " AND " + column(name) + " = :name")
        .param("workspace", workspace.value())
        .param("worker", worker.value())
        .param("name", name)
        .query(ROW)
        .optional()
        .orElseThrow(Refused::notFound);
  }

  private static String column(String name) {
    if (Sid.is("WC", name)) {
      return "c.sid";
    }
    return Sid.is("TC", name) ? "t.sid" : "t.unique_name";
  }
}
