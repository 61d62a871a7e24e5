package dev.muster.workspace;

import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The task channels of workspaces, addressed by sid or by unique name. */
@Repository
public class TaskChannels {

  /** The unique name of the channel of tasks that name none. */
  public static final String DEFAULT = "default";

  static final int LIMIT = 15;

  private static final String OF_WORKSPACE =
      "SELECT * FROM task_channel WHERE workspace_sid = :workspace ";
  private static final String BY_SID_OR_NAME =
      OF_WORKSPACE
          + """
          AND (sid = :key OR unique_name = :key) ORDER BY sid = :key DESC LIMIT 1
          """;
  private static final String INSERT =
      """
      INSERT INTO task_channel (workspace_sid, sid, unique_name, friendly_name,
                                channel_optimized_routing, created_at, updated_at)
      VALUES (:workspace, :sid, :unique, :name, :optimized, :now, :now)
      """;
  private static final String UPDATE =
      """
      UPDATE task_channel SET friendly_name = :name, channel_optimized_routing = :optimized,
                              updated_at = :now
      WHERE workspace_sid = :workspace AND sid = :sid
      """;
  private static final String DELETE =
      """
      DELETE FROM task_channel
      WHERE workspace_sid = :workspace AND sid = :sid AND NOT EXISTS (
        SELECT FROM task WHERE workspace_sid = :workspace AND task_channel_sid = :sid
          AND status IN ('pending', 'reserved', 'assigned', 'wrapping'))
      """;

  private static final RowMapper<TaskChannel> ROW =
      (row, number) ->
          new TaskChannel(
              new TaskChannelSid(row.getString("sid")),
              row.getString("unique_name"),
              row.getString("friendly_name"),
              row.getBoolean("channel_optimized_routing"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;
  private final WorkspaceLock lock;
  private final Changes changes;

  TaskChannels(JdbcClient jdbc, WorkspaceLock lock, Changes changes) {
    this.jdbc = jdbc;
    this.lock = lock;
    this.changes = changes;
  }

  /** The channel with that sid or unique name. */
  public Optional<TaskChannel> find(WorkspaceSid workspace, String sidOrUniqueName) {
    return jdbc.sql(BY_SID_OR_NAME)
        .param("workspace", workspace.value())
        .param("key", sidOrUniqueName)
        .query(ROW)
        .optional();
  }

  /**
   * The channel with that sid or unique name.
   *
   * @throws Refused as not found
   */
  public TaskChannel get(WorkspaceSid workspace, String sidOrUniqueName) {
    return find(workspace, sidOrUniqueName).orElseThrow(Refused::notFound);
  }

  /** Every channel of the workspace, oldest first; 15 at most. */
  public List<TaskChannel> all(WorkspaceSid workspace) {
    return jdbc.sql(OF_WORKSPACE + "ORDER BY sid")
        .param("workspace", workspace.value())
        .query(ROW)
        .list();
  }

  Page<TaskChannel> list(WorkspaceSid workspace, PageRequest page) {
    return Listing.of(jdbc, OF_WORKSPACE, "sid", ROW)
        .with("workspace", workspace.value())
        .page(page, channel -> channel.sid().value());
  }

  /**
   * Adds a channel; every worker of the workspace gets its worker channel.
   *
   * @throws Refused as invalid if the unique name is taken or the workspace is full
   */
  @Transactional
  TaskChannel create(Tenant tenant, String uniqueName, String friendlyName, boolean optimized) {
    lock.hold(tenant);
    if (all(tenant.workspace()).size() >= LIMIT) {
      throw Refused.invalid(
          "Expected at most %d task channels in workspace %s, but it has them already",
          LIMIT, tenant.workspace());
    }
    var sid = add(tenant.workspace(), uniqueName, friendlyName, optimized);
    changes.publish(new TaskChannelCreated(tenant.workspace(), sid));
    return get(tenant.workspace(), sid.value());
  }

  TaskChannelSid add(
      WorkspaceSid workspace, String uniqueName, String friendlyName, boolean optimized) {
    var sid = TaskChannelSid.next();
    var now = changes.now();
    try {
      jdbc.sql(INSERT)
          .param("workspace", workspace.value())
          .param("sid", sid.value())
          .param("unique", uniqueName)
          .param("name", friendlyName)
          .param("optimized", optimized)
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
    } catch (DuplicateKeyException taken) {
      throw Refused.invalid(
          "Expected UniqueName to be new, but '%s' is taken: TaskChannel with the same unique name already exists",
          uniqueName);
    }
    var facts = facts(sid, uniqueName, friendlyName, optimized);
    changes.record(workspace, "task-channel.created", sid, now, facts);
    return sid;
  }

  /**
   * Changes a channel; {@code null} leaves as it is.
   *
   * @throws Refused as not found
   */
  @Transactional
  TaskChannel update(
      Tenant tenant, String key, @Nullable String friendlyName, @Nullable Boolean optimized) {
    lock.hold(tenant);
    var before = get(tenant.workspace(), key);
    var name = friendlyName == null ? before.friendlyName() : friendlyName;
    var routing = optimized == null ? before.channelOptimizedRouting() : optimized;
    if (name.equals(before.friendlyName()) && routing == before.channelOptimizedRouting()) {
      return before;
    }
    var now = changes.now();
    jdbc.sql(UPDATE)
        .param("name", name)
        .param("optimized", routing)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("workspace", tenant.workspace().value())
        .param("sid", before.sid().value())
        .update();
    var facts = facts(before.sid(), before.uniqueName(), name, routing);
    changes.record(tenant.workspace(), "task-channel.updated", before.sid(), now, facts);
    return get(tenant.workspace(), before.sid().value());
  }

  /**
   * Deletes a channel that no live task uses, and the worker channels of it.
   *
   * @throws Refused as not found; as invalid if it is in use, or the default channel
   */
  @Transactional
  void delete(Tenant tenant, String key) {
    lock.hold(tenant);
    var channel = get(tenant.workspace(), key);
    if (channel.uniqueName().equals(DEFAULT)) {
      throw Refused.invalid(
          "Expected another task channel than '%s', but it is the one of tasks that name none",
          DEFAULT);
    }
    TaskDoor.close(jdbc, tenant.workspace());
    if (delete(DELETE, tenant.workspace(), channel.sid()) == 0) {
      throw Refused.invalid(
          "Expected task channel %s to be unused, but there are tasks on it that have not ended",
          channel.sid());
    }
    delete(
        "DELETE FROM worker_channel WHERE workspace_sid = :workspace AND task_channel_sid = :sid",
        tenant.workspace(),
        channel.sid());
    var facts =
        facts(
            channel.sid(),
            channel.uniqueName(),
            channel.friendlyName(),
            channel.channelOptimizedRouting());
    changes.record(tenant.workspace(), "task-channel.deleted", channel.sid(), changes.now(), facts);
  }

  private int delete(String statement, WorkspaceSid workspace, TaskChannelSid sid) {
    return jdbc.sql(statement)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .update();
  }

  private static Map<String, String> facts(
      TaskChannelSid sid, String uniqueName, String friendlyName, boolean optimized) {
    return Map.of(
        "task_channel_sid",
        sid.value(),
        "task_channel_name",
        friendlyName,
        "task_channel_unique_name",
        uniqueName,
        "task_channel_optimized_routing",
        String.valueOf(optimized));
  }
}
