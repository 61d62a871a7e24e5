package dev.muster.workspace;

import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The activities of workspaces. */
@Repository
public class Activities {

  static final int LIMIT = 100;

  private static final String OF_WORKSPACE =
      "SELECT * FROM activity WHERE workspace_sid = :workspace ";
  private static final String INSERT =
      """
      INSERT INTO activity (workspace_sid, sid, friendly_name, available, created_at, updated_at)
      VALUES (:workspace, :sid, :name, :available, :now, :now)
      """;
  private static final String RENAME =
      """
      UPDATE activity SET friendly_name = :name, updated_at = :now
      WHERE workspace_sid = :workspace AND sid = :sid
      """;
  private static final String USED_BY =
      """
      SELECT CASE
        WHEN EXISTS (SELECT FROM workspace WHERE sid = :workspace AND default_activity_sid = :sid)
          THEN 'is the default activity of its workspace'
        WHEN EXISTS (SELECT FROM workspace WHERE sid = :workspace AND timeout_activity_sid = :sid)
          THEN 'is the timeout activity of its workspace'
        WHEN EXISTS (SELECT FROM worker WHERE workspace_sid = :workspace AND activity_sid = :sid)
          THEN 'is the activity of at least one worker'
        WHEN EXISTS (SELECT FROM task_queue WHERE workspace_sid = :workspace
                     AND (reservation_activity_sid = :sid OR assignment_activity_sid = :sid))
          THEN 'is the reservation or assignment activity of a task queue'
        ELSE '' END
      """;

  private static final RowMapper<Activity> ROW =
      (row, number) ->
          new Activity(
              new ActivitySid(row.getString("sid")),
              row.getString("friendly_name"),
              row.getBoolean("available"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;
  private final WorkspaceLock lock;
  private final Changes changes;

  Activities(JdbcClient jdbc, WorkspaceLock lock, Changes changes) {
    this.jdbc = jdbc;
    this.lock = lock;
    this.changes = changes;
  }

  public Optional<Activity> find(WorkspaceSid workspace, ActivitySid sid) {
    return jdbc.sql(OF_WORKSPACE + "AND sid = :sid")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(ROW)
        .optional();
  }

  /**
   * The activity.
   *
   * @throws Refused as not found
   */
  public Activity get(WorkspaceSid workspace, ActivitySid sid) {
    return find(workspace, sid).orElseThrow(Refused::notFound);
  }

  /** A page of the activities that have the name and the availability, if these are given. */
  public Page<Activity> list(
      WorkspaceSid workspace,
      @Nullable String friendlyName,
      @Nullable Boolean available,
      PageRequest page) {
    return Listing.of(jdbc, OF_WORKSPACE, "sid", ROW)
        .with("workspace", workspace.value())
        .filter("friendly_name = :name", "name", friendlyName)
        .filter("available = :available", "available", available)
        .page(page, activity -> activity.sid().value());
  }

  /**
   * Adds an activity; whether it is available is settled for good.
   *
   * @throws Refused as invalid if the name is taken or the workspace is full
   */
  @Transactional
  Activity create(Tenant tenant, String friendlyName, boolean available) {
    lock.hold(tenant);
    var count =
        jdbc.sql("SELECT count(*) FROM activity WHERE workspace_sid = :workspace")
            .param("workspace", tenant.workspace().value())
            .query(Integer.class)
            .single();
    if (count >= LIMIT) {
      throw Refused.invalid(
          "Expected at most %d activities in workspace %s, but it has them already",
          LIMIT, tenant.workspace());
    }
    var sid = ActivitySid.next();
    add(tenant.workspace(), sid, friendlyName, available);
    return get(tenant.workspace(), sid);
  }

  void add(WorkspaceSid workspace, ActivitySid sid, String friendlyName, boolean available) {
    var now = changes.now();
    try {
      jdbc.sql(INSERT)
          .param("workspace", workspace.value())
          .param("sid", sid.value())
          .param("name", friendlyName)
          .param("available", available)
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
    } catch (DuplicateKeyException taken) {
      throw nameTaken(friendlyName);
    }
    changes.record(workspace, "activity.created", sid, now, facts(sid, friendlyName, available));
  }

  /**
   * Renames an activity, for whose name tasks may ask; {@code null} leaves it as it is.
   *
   * @throws Refused as not found; as invalid if the name is taken
   */
  @Transactional
  Activity rename(Tenant tenant, ActivitySid sid, @Nullable String friendlyName) {
    lock.hold(tenant);
    var before = get(tenant.workspace(), sid);
    if (friendlyName == null || friendlyName.equals(before.friendlyName())) {
      return before;
    }
    var now = changes.now();
    try {
      jdbc.sql(RENAME)
          .param("name", friendlyName)
          .param("now", now.atOffset(ZoneOffset.UTC))
          .param("workspace", tenant.workspace().value())
          .param("sid", sid.value())
          .update();
    } catch (DuplicateKeyException taken) {
      throw nameTaken(friendlyName);
    }
    var facts = facts(sid, friendlyName, before.available());
    changes.record(tenant.workspace(), "activity.updated", sid, now, facts);
    changes.publish(new WorkAvailable(tenant.workspace()));
    return get(tenant.workspace(), sid);
  }

  /**
   * Deletes an activity that nothing uses.
   *
   * @throws Refused as not found; as invalid if it is in use
   */
  @Transactional
  void delete(Tenant tenant, ActivitySid sid) {
    lock.hold(tenant);
    var activity = get(tenant.workspace(), sid);
    var usedBy = usedBy(tenant.workspace(), sid);
    if (!usedBy.isEmpty()) {
      throw Refused.invalid("Expected activity %s to be unused, but it %s", sid, usedBy);
    }
    jdbc.sql("DELETE FROM activity WHERE workspace_sid = :workspace AND sid = :sid")
        .param("workspace", tenant.workspace().value())
        .param("sid", sid.value())
        .update();
    var facts = facts(sid, activity.friendlyName(), activity.available());
    changes.record(tenant.workspace(), "activity.deleted", sid, changes.now(), facts);
  }

  private String usedBy(WorkspaceSid workspace, ActivitySid sid) {
    return jdbc.sql(USED_BY)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(String.class)
        .single();
  }

  private static Refused nameTaken(String friendlyName) {
    return Refused.invalid(
        "Expected FriendlyName to be new, but '%s' is taken: Activity with the same friendly name already exists",
        friendlyName);
  }

  private static Map<String, String> facts(ActivitySid sid, String name, boolean available) {
    return Map.of(
        "activity_sid", sid.value(),
        "activity_name", name,
        "activity_available", String.valueOf(available));
  }
}
