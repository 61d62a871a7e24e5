package dev.muster.workspace;

import dev.muster.account.AccountSid;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The workspaces of accounts. */
@Repository
public class Workspaces {

  static final int LIMIT = 5_000;

  private static final String SELECT =
      """
      SELECT w.*, d.friendly_name AS default_activity_name, t.friendly_name AS timeout_activity_name
      FROM workspace w
      JOIN activity d ON d.workspace_sid = w.sid AND d.sid = w.default_activity_sid
      JOIN activity t ON t.workspace_sid = w.sid AND t.sid = w.timeout_activity_sid
      """;
  private static final String INSERT =
      """
      INSERT INTO workspace (sid, account_sid, friendly_name, default_activity_sid,
                             timeout_activity_sid, event_callback_url, events_filter,
                             multi_task_enabled, prioritize_queue_order, created_at, updated_at)
      VALUES (:workspace, :account, :name, :default, :timeout, :url, :filter, :multiTask, :order, :now, :now)
      """;
  private static final String UPDATE =
      """
      UPDATE workspace SET friendly_name = :name, default_activity_sid = :default,
                           timeout_activity_sid = :timeout, event_callback_url = :url,
                           events_filter = :filter, multi_task_enabled = :multiTask,
                           prioritize_queue_order = :order, timeout_moves_worker = :timeoutMovesWorker,
                           updated_at = :now
      WHERE account_sid = :account AND sid = :workspace
      """;

  private static final RowMapper<Workspace> ROW =
      (row, number) ->
          new Workspace(
              new WorkspaceSid(row.getString("sid")),
              AccountSid.of(row.getString("account_sid")),
              row.getString("friendly_name"),
              new ActivitySid(row.getString("default_activity_sid")),
              row.getString("default_activity_name"),
              new ActivitySid(row.getString("timeout_activity_sid")),
              row.getString("timeout_activity_name"),
              row.getString("event_callback_url"),
              row.getString("events_filter"),
              row.getBoolean("multi_task_enabled"),
              QueueOrder.valueOf(row.getString("prioritize_queue_order")),
              row.getBoolean("timeout_moves_worker"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;
  private final WorkspaceLock lock;
  private final Changes changes;
  private final Activities activities;
  private final TaskChannels channels;

  Workspaces(
      JdbcClient jdbc,
      WorkspaceLock lock,
      Changes changes,
      Activities activities,
      TaskChannels channels) {
    this.jdbc = jdbc;
    this.lock = lock;
    this.changes = changes;
    this.activities = activities;
    this.channels = channels;
  }

  public Optional<Workspace> find(WorkspaceSid sid) {
    return jdbc.sql(SELECT + "WHERE w.sid = :workspace")
        .param("workspace", sid.value())
        .query(ROW)
        .optional();
  }

  /**
   * The workspace.
   *
   * @throws Refused as not found
   */
  public Workspace get(WorkspaceSid sid) {
    return find(sid).orElseThrow(Refused::notFound);
  }

  Page<Workspace> list(AccountSid account, @Nullable String friendlyName, PageRequest page) {
    return Listing.of(jdbc, SELECT + "WHERE w.account_sid = :account", "w.sid", ROW)
        .with("account", account.value())
        .filter("w.friendly_name = :name", "name", friendlyName)
        .page(page, workspace -> workspace.sid().value());
  }

  /**
   * Creates a workspace with its activities, its task channels and what the template adds.
   *
   * @throws Refused as invalid if the account has too many
   */
  @Transactional
  Workspace create(AccountSid account, String name, WorkspaceSettings wanted, Template template) {
    checkLimit(account);
    var sid = WorkspaceSid.next();
    var offline = ActivitySid.next();
    var now = changes.now();
    var order = wanted.prioritizeQueueOrder();
    jdbc.sql(INSERT)
        .param("workspace", sid.value())
        .param("account", account.value())
        .param("name", name)
        .param("default", offline.value())
        .param("timeout", offline.value())
        .param("url", WorkspaceSettings.changed(null, wanted.eventCallbackUrl()))
        .param("filter", WorkspaceSettings.changed(null, wanted.eventsFilter()))
        .param("multiTask", !Boolean.FALSE.equals(wanted.multiTaskEnabled()))
        .param("order", (order == null ? QueueOrder.FIFO : order).name())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    record("workspace.created", sid, name, now);
    furnish(sid, offline);
    changes.publish(new WorkspaceCreated(sid, template));
    return get(sid);
  }

  /**
   * Changes a workspace.
   *
   * @throws Refused as not found; as invalid if an activity is none of the workspace, or it is to
   *     stop multitasking
   */
  @Transactional
  Workspace update(Tenant tenant, WorkspaceSettings wanted) {
    lock.hold(tenant);
    var before = get(tenant.workspace());
    if (before.multiTaskEnabled() && Boolean.FALSE.equals(wanted.multiTaskEnabled())) {
      throw Refused.invalid(
          "Expected MultiTaskEnabled to stay true, but got 'false': a workspace that multitasks does so for good");
    }
    var after = with(before, wanted);
    if (after.equals(before)) {
      return before;
    }
    var now = changes.now();
    set(jdbc.sql(UPDATE), after)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("account", tenant.account().value())
        .param("workspace", tenant.workspace().value())
        .update();
    record("workspace.updated", after.sid(), after.friendlyName(), now);
    if (after.prioritizeQueueOrder() != before.prioritizeQueueOrder()) {
      changes.publish(new WorkAvailable(after.sid()));
    }
    return get(tenant.workspace());
  }

  /**
   * Deletes a workspace and everything in it. Of its events only this last one stays, for those who
   * are told of it.
   *
   * @throws Refused as not found
   */
  @Transactional
  void delete(Tenant tenant) {
    lock.hold(tenant);
    TaskDoor.close(jdbc, tenant.workspace());
    var workspace = get(tenant.workspace());
    changes.forget(workspace.sid());
    record("workspace.deleted", workspace.sid(), workspace.friendlyName(), changes.now());
    jdbc.sql("DELETE FROM workspace WHERE account_sid = :account AND sid = :workspace")
        .param("account", tenant.account().value())
        .param("workspace", tenant.workspace().value())
        .update();
    changes.publish(new WorkspaceDeleted(workspace.sid()));
  }

  private void checkLimit(AccountSid account) {
    var count =
        jdbc.sql("SELECT count(*) FROM workspace WHERE account_sid = :account")
            .param("account", account.value())
            .query(Integer.class)
            .single();
    if (count >= LIMIT) {
      throw Refused.invalid(
          "Expected at most %d workspaces of account %s, but it has them already", LIMIT, account);
    }
  }

  private void furnish(WorkspaceSid workspace, ActivitySid offline) {
    activities.add(workspace, offline, "Offline", false);
    activities.add(workspace, ActivitySid.next(), "Available", true);
    activities.add(workspace, ActivitySid.next(), "Unavailable", false);
    channels.add(workspace, TaskChannels.DEFAULT, "Default", false);
    channels.add(workspace, "voice", "Voice", false);
    channels.add(workspace, "chat", "Chat", false);
    channels.add(workspace, "sms", "SMS", false);
    channels.add(workspace, "video", "Video", false);
  }

  private Workspace with(Workspace before, WorkspaceSettings wanted) {
    return wanted.applyTo(
        before,
        activity(before, "DefaultActivitySid", wanted.defaultActivity(), before.defaultActivity()),
        activity(before, "TimeoutActivitySid", wanted.timeoutActivity(), before.timeoutActivity()));
  }

  private Activity activity(
      Workspace workspace, String parameter, @Nullable ActivitySid wanted, ActivitySid present) {
    var sid = wanted == null ? present : wanted;
    return activities
        .find(workspace.sid(), sid)
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected %s to be an activity of workspace %s, but it has no activity %s",
                    parameter, workspace.sid(), sid));
  }

  private static StatementSpec set(StatementSpec statement, Workspace workspace) {
    return statement
        .param("name", workspace.friendlyName())
        .param("default", workspace.defaultActivity().value())
        .param("timeout", workspace.timeoutActivity().value())
        .param("url", workspace.eventCallbackUrl())
        .param("filter", workspace.eventsFilter())
        .param("multiTask", workspace.multiTaskEnabled())
        .param("order", workspace.prioritizeQueueOrder().name())
        .param("timeoutMovesWorker", workspace.timeoutMovesWorker());
  }

  private void record(String type, WorkspaceSid sid, String name, Instant at) {
    changes.record(
        sid, type, sid, at, Map.of("workspace_sid", sid.value(), "workspace_name", name));
  }
}
