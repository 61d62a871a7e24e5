package dev.muster.task;

import dev.muster.task.TaskForms.TaskUpdate;
import dev.muster.web.IfMatch;
import dev.muster.web.Refused;
import dev.muster.workspace.TaskChannels;
import dev.muster.workspace.Tenant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a caller may change of a task: what it says of itself, or where it is in its life. */
@Component
class TaskUpdates {

  private final Tasks tasks;
  private final TaskLife life;
  private final TaskRouting routing;
  private final TaskChannels channels;

  TaskUpdates(Tasks tasks, TaskLife life, TaskRouting routing, TaskChannels channels) {
    this.tasks = tasks;
    this.life = life;
    this.routing = routing;
    this.channels = channels;
  }

  /**
   * Updates a task.
   *
   * @throws Refused if there is none, it has another version than expected, or its status does not
   *     allow the change
   */
  @Transactional
  Task update(Tenant tenant, TaskSid sid, TaskUpdate form, IfMatch match) {
    var task = tasks.lock(tenant.workspace(), sid).orElseThrow(Refused::notFound);
    match.check(task.version());
    checkTogether(form);
    var changed = saysSomethingNew(form) ? say(tenant, task, form) : task;
    return form.assignmentStatus() == null ? changed : move(tenant, changed, form);
  }

  private Task say(Tenant tenant, Task task, TaskUpdate form) {
    if (task.status().ended()) {
      throw Refused.invalid(
          "Expected task %s not to be over before it is changed, but it is %s",
          task.sid(), task.status().wireName());
    }
    var name = form.taskChannel();
    var channel =
        name == null || name.isBlank()
            ? null
            : channels
                .find(tenant.workspace(), name)
                .orElseThrow(
                    () ->
                        Refused.invalid(
                            "Expected TaskChannel to be the unique name or SID of a task channel of this workspace, but got '%s'",
                            name));
    if (channel != null
        && !channel.sid().equals(task.channel())
        && !task.status().equals(TaskStatus.PENDING)) {
      throw Refused.invalid(
          "Expected task %s to be pending before its TaskChannel is changed, but it is %s",
          task.sid(), task.status().wireName());
    }
    var changed = tasks.change(task, form, channel == null ? null : channel.sid().value());
    routing.reevaluate(changed, changed.workflowVersion(), tasks.now());
    return tasks.get(tenant.workspace(), task.sid());
  }

  private Task move(Tenant tenant, Task task, TaskUpdate form) {
    var now = tasks.now();
    var to = form.assignmentStatus();
    var moved =
        switch (to) {
          case null -> throw new IllegalStateException("a status came");
          case CANCELED -> life.cancel(task, form.reason(), now);
          case WRAPPING -> life.wrap(task, form.reason(), now);
          case COMPLETED -> life.complete(task, form.reason(), now);
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
