package dev.muster.task;

import dev.muster.task.TaskForms.TaskUpdate;
import dev.muster.web.IfMatch;
import dev.muster.web.Refused;
import dev.muster.web.Storable;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a caller may change of a task: what it says of itself, or where it is in its life. */
@Component
public class TaskUpdates {

  private static final int MAX_REASON = 4096;

  private final Tasks tasks;
  private final TaskLife life;
  private final TaskEdits edits;

  TaskUpdates(Tasks tasks, TaskLife life, TaskEdits edits) {
    this.tasks = tasks;
    this.life = life;
    this.edits = edits;
  }

  /**
   * Updates a task.
   *
   * @throws Refused if there is none, it has another version than expected, or its status does not
   *     allow the change
   */
  @Transactional
  Task update(Tenant tenant, TaskSid sid, TaskUpdate form, IfMatch match) {
    if (form.taskChannel() != null || form.attributes() != null) {
      tasks.holdPlaces(tenant.workspace());
    }
    var task = tasks.hold(tenant.workspace(), sid);
    match.check(task.version());
    checkTogether(form);
    var now = tasks.now();
    if (saysSomethingNew(form)) {
      edits.edit(task, form, now);
    }
    var status = form.assignmentStatus();
    return status == null
        ? tasks.get(tenant.workspace(), sid)
        : move(tenant, task, status, form.reason(), now);
  }

  /**
   * Completes a task.
   *
   * @return false if it is neither assigned nor wrapping
   * @throws Refused if the reason is too long or cannot be kept
   */
  @Transactional
  public boolean complete(WorkspaceSid workspace, TaskSid sid, @Nullable String reason) {
    if (reason != null) {
      checkReason(reason);
    }
    return tasks
        .lock(workspace, sid)
        .flatMap(task -> life.complete(task, reason, tasks.now()))
        .isPresent();
  }

  private static void checkReason(String reason) {
    Storable.require("reason", reason);
    if (reason.length() > MAX_REASON) {
      throw Refused.invalid(
          "Expected the reason to have at most %d characters, but got %d",
          MAX_REASON, reason.length());
    }
  }

  private Task move(Tenant tenant, Task task, TaskStatus to, @Nullable String reason, Instant now) {
    var moved =
        switch (to) {
          case CANCELED -> life.cancel(task, reason, now);
          case WRAPPING -> life.wrap(task, reason, now);
          case COMPLETED -> life.complete(task, reason, now);
          case PENDING, RESERVED, ASSIGNED ->
              throw Refused.invalid(
                  "Expected AssignmentStatus to be canceled, wrapping or completed, but got '%s': the others follow from reservations",
                  to.wireName());
        };
    return moved.orElseThrow(() -> illegal(tenant, task, to));
  }

  private static Refused illegal(Tenant tenant, Task task, TaskStatus to) {
    var wanted =
        switch (to) {
          case CANCELED -> "cancel";
          case WRAPPING -> "wrap up a";
          default -> "complete";
        };
    var expected = to == TaskStatus.CANCELED ? "pending or reserved" : "currently assigned";
    return Refused.invalid(
        "Cannot %s task %s in workspace %s for account %s because it is not %s.",
        wanted, task.sid(), tenant.workspace(), tenant.account(), expected);
  }

  private static void checkTogether(TaskUpdate form) {
    if (form.attributes() != null
        && (form.assignmentStatus() == TaskStatus.WRAPPING
            || form.assignmentStatus() == TaskStatus.COMPLETED)) {
      throw Refused.invalid(
          "Expected Attributes and AssignmentStatus=%s in two requests, but got both in one",
          form.assignmentStatus().wireName());
    }
  }

  private static boolean saysSomethingNew(TaskUpdate form) {
    return form.attributes() != null
        || form.priority() != null
        || form.taskChannel() != null
        || form.virtualStartTime() != null;
  }
}
