package dev.muster.task;

import dev.muster.task.TaskChanged.What;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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

  private static final String ASSIGNED_TOO_LONG = "Task assigned for too long";
  private static final String NOBODY_TOOK_IT = "No worker took the task";

  private static final List<TaskStatus> WITH_A_WORKER =
      List.of(TaskStatus.ASSIGNED, TaskStatus.WRAPPING);

  private static final String ASSIGN =
      """
      WITH t AS (
        UPDATE task SET status = 'assigned', transfer = NULL, transferred_by = NULL, assigned_until = :until,
          version = version + 1, updated_at = :now
        WHERE workspace_sid = :workspace AND sid = :sid AND (status = 'reserved' OR transfer = 'offered')
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  private static final String CHANGE =
      """
      WITH t AS (
        UPDATE task SET status = :status, reason = coalesce(:reason, reason), hidden_at = :hiddenAt,
          version = version + 1, updated_at = :now
        WHERE workspace_sid = :workspace AND sid = :sid AND status = ANY(:from)
        RETURNING *)
      """
          + Task.NAMED.formatted("t");

  /**
   * @param hiddenAt from when on the v1 interface no longer knows the task; null if it lives on
   */
  private record Change(
      TaskStatus to, @Nullable String reason, @Nullable Instant hiddenAt, List<TaskStatus> from) {}

  private final JdbcClient jdbc;
  private final TransferLife transfers;
  private final TaskLog log;
  private final TaskSettings settings;

  TaskLife(JdbcClient jdbc, TransferLife transfers, TaskLog log, TaskSettings settings) {
    this.jdbc = jdbc;
    this.transfers = transfers;
    this.log = log;
    this.settings = settings;
  }

  /** An offer of the task was accepted. Empty if the task is no longer offered. */
  public Optional<Task> assign(Task task, Instant now) {
    var assigned =
        jdbc.sql(ASSIGN)
            .param("workspace", task.workspace().value())
            .param("sid", task.sid().value())
            .param("until", now.plus(settings.assignedFor()).atOffset(ZoneOffset.UTC))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .optional();
    assigned.ifPresent(log::moved);
    return assigned;
  }

  /** If another worker was handing a task on that is assigned now, that is complete. */
  public void handedOn(Task before, Task assigned, Instant now) {
    if (before.isTransferred()) {
      transfers.complete(assigned, now);
    }
  }

  /** Ends a task that nobody has accepted. Empty if somebody has. */
  public Optional<Task> cancel(Task task, @Nullable String reason, Instant now) {
    return end(
        task,
        What.CANCELED,
        new Change(
            TaskStatus.CANCELED,
            reason,
            hiddenAt(now),
            List.of(TaskStatus.PENDING, TaskStatus.RESERVED)),
        now);
  }

  /** The work itself is over, the worker writes it up. Empty if the task is not assigned. */
  public Optional<Task> wrap(Task task, @Nullable String reason, Instant now) {
    return end(
        task,
        What.WRAPPING,
        new Change(TaskStatus.WRAPPING, reason, null, List.of(TaskStatus.ASSIGNED)),
        now);
  }

  /** Ends an assigned task. Empty if it is not assigned or wrapping. */
  public Optional<Task> complete(Task task, @Nullable String reason, Instant now) {
    return end(
        task,
        What.COMPLETED,
        new Change(TaskStatus.COMPLETED, reason, hiddenAt(now), WITH_A_WORKER),
        now);
  }

  /**
   * No worker is found: the task is canceled for that reason, or stays with the worker who was
   * handing it on. Empty if none is looked for.
   */
  Optional<Task> giveUp(Task task, String reason, Instant now) {
    return task.isTransferred()
        ? transfers.fail(task, NOBODY_TOOK_IT, now)
        : cancel(task, reason, now);
  }

  /**
   * All who were asked have let the task go.
   *
   * @return whether others are to be asked
   */
  boolean goesOn(Task waiting, Instant now) {
    return !waiting.isTransferred() || transfers.attemptFailed(waiting, now);
  }

  /**
   * Takes a task away from the worker who has had it for too long. The v1 interface forgets it at
   * once; for those who ask later it counts as canceled, as a deleted one does. Empty if nobody has
   * it.
   */
  Optional<Task> takeAway(Task task, Instant now) {
    if (task.isTransferred()) {
      transfers.fail(task, ASSIGNED_TOO_LONG, now);
    }
    var ended =
        change(task, new Change(TaskStatus.CANCELED, ASSIGNED_TOO_LONG, now, WITH_A_WORKER), now);
    ended.ifPresent(
        after -> {
          log.changed(after, What.DELETED);
          log.record(task, now, "task.system-deleted");
        });
    return ended;
  }

  private Optional<Task> end(Task task, What what, Change change, Instant now) {
    var ended = change(task, change, now).map(after -> withoutTransfer(task, after, now));
    ended.ifPresent(
        after -> {
          log.record(after, now, eventType(what));
          log.changed(after, what);
          if (what == What.COMPLETED) {
            log.record(after, now, "task.updated");
          }
        });
    return ended;
  }

  private Task withoutTransfer(Task before, Task after, Instant now) {
    return before.isTransferred() ? transfers.cancel(after, now).orElse(after) : after;
  }

  private Optional<Task> change(Task task, Change change, Instant now) {
    var hiddenAt = change.hiddenAt();
    var changed =
        jdbc.sql(CHANGE)
            .param("workspace", task.workspace().value())
            .param("sid", task.sid().value())
            .param("status", change.to().wireName())
            .param("from", change.from().stream().map(TaskStatus::wireName).toArray(String[]::new))
            .param("reason", change.reason())
            .param("hiddenAt", hiddenAt == null ? null : hiddenAt.atOffset(ZoneOffset.UTC))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .query(Task::of)
            .optional();
    changed.ifPresent(log::moved);
    return changed;
  }

  private Instant hiddenAt(Instant now) {
    return now.plus(settings.showEndedFor());
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
