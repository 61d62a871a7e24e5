package dev.muster.task;

import dev.muster.task.TaskChanged.What;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The changes of a task's status, each one guarded UPDATE. What they mean for reservations follows
 * by {@link TaskChanged}.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class TaskLife {

  private static final String CHANGE =
      """
      WITH t AS (
        UPDATE task SET status = :status, reason = coalesce(:reason, reason), version = version + 1, updated_at = :now
        WHERE workspace_sid = :workspace AND sid = :sid AND status = ANY(:from)
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  /** Holds the tasks in the order of their sids, as everyone does who changes several. */
  private static final String RESERVE =
      """
      WITH held AS MATERIALIZED (
        SELECT sid FROM task WHERE workspace_sid = :workspace AND sid = ANY(:sids) AND status = 'pending'
        ORDER BY sid FOR NO KEY UPDATE)
      UPDATE task t SET status = 'reserved', offers = t.offers + 1, version = t.version + 1, updated_at = :now
      FROM held WHERE t.workspace_sid = :workspace AND t.sid = held.sid
      RETURNING t.sid, t.version
      """;

  private static final String RELEASE =
      """
      UPDATE task SET status = 'pending', offers = offers - 1, version = version + 1
      WHERE workspace_sid = :workspace AND sid = ANY(:sids) AND status = 'reserved'
      """;

  private final JdbcClient jdbc;
  private final TaskLog log;

  TaskLife(JdbcClient jdbc, TaskLog log) {
    this.jdbc = jdbc;
    this.log = log;
  }

  /**
   * Marks pending tasks as offered.
   *
   * @return the new versions of those that still were pending
   */
  public Map<TaskSid, Integer> reserve(
      WorkspaceSid workspace, Collection<TaskSid> sids, Instant now) {
    var versions = new HashMap<TaskSid, Integer>();
    jdbc.sql(RESERVE)
        .param("workspace", workspace.value())
        .param("sids", sids.stream().map(TaskSid::value).toArray(String[]::new))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              versions.put(new TaskSid(row.getString("sid")), row.getInt("version"));
            });
    return versions;
  }

  /** Tells that tasks which were {@link #reserve reserved} are offered. */
  public void offered(WorkspaceSid workspace, Map<TaskSid, Integer> versions) {
    log.moved(workspace, versions);
  }

  /** Takes {@link #reserve} back for tasks whose workers turned out to be taken. */
  public void release(WorkspaceSid workspace, Collection<TaskSid> sids) {
    jdbc.sql(RELEASE)
        .param("workspace", workspace.value())
        .param("sids", sids.stream().map(TaskSid::value).toArray(String[]::new))
        .update();
  }

  /** An offer of the task was accepted. Empty if the task is no longer offered. */
  public Optional<Task> assign(WorkspaceSid workspace, TaskSid sid, Instant now) {
    return change(workspace, sid, TaskStatus.ASSIGNED, null, now, TaskStatus.RESERVED);
  }

  /** Ends a task that nobody has accepted. Empty if somebody has. */
  public Optional<Task> cancel(Task task, @Nullable String reason, Instant now) {
    return end(
        task,
        TaskStatus.CANCELED,
        What.CANCELED,
        reason,
        now,
        TaskStatus.PENDING,
        TaskStatus.RESERVED);
  }

  /** The work itself is over, the worker writes it up. Empty if the task is not assigned. */
  public Optional<Task> wrap(Task task, @Nullable String reason, Instant now) {
    return end(task, TaskStatus.WRAPPING, What.WRAPPING, reason, now, TaskStatus.ASSIGNED);
  }

  /** Ends an assigned task. Empty if it is not assigned or wrapping. */
  public Optional<Task> complete(Task task, @Nullable String reason, Instant now) {
    return end(
        task,
        TaskStatus.COMPLETED,
        What.COMPLETED,
        reason,
        now,
        TaskStatus.ASSIGNED,
        TaskStatus.WRAPPING);
  }

  private Optional<Task> end(
      Task task,
      TaskStatus to,
      What what,
      @Nullable String reason,
      Instant now,
      TaskStatus... from) {
    var changed = change(task.workspace(), task.sid(), to, reason, now, from);
    changed.ifPresent(
        after -> {
          log.record(after, now, eventType(what));
          log.changed(after, what);
          if (what == What.COMPLETED) {
            log.record(after, now, "task.updated");
          }
        });
    return changed;
  }

  private Optional<Task> change(
      WorkspaceSid workspace,
      TaskSid sid,
      TaskStatus to,
      @Nullable String reason,
      Instant now,
      TaskStatus... from) {
    var allowed = new ArrayList<String>();
    for (var status : from) {
      allowed.add(status.wireName());
    }
    var changed =
        jdbc.sql(CHANGE)
            .param("workspace", workspace.value())
            .param("sid", sid.value())
            .param("status", to.wireName())
            .param("from", allowed.toArray(String[]::new))
            .param("reason", reason)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .optional();
    changed.ifPresent(log::moved);
    return changed;
  }

  private static String eventType(What what) {
    return switch (what) {
      case CANCELED -> "task.canceled";
      case WRAPPING -> "task.wrapup";
      case COMPLETED -> "task.completed";
      case DELETED -> "task.deleted";
    };
  }
}
