package dev.muster.statistics;

import dev.muster.statistics.TasksNow.Oldest;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.WorkspaceSid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How things stand now; exact, straight from the tables. Channels narrow tasks, never workers. */
@Component
class RealTime {

  private final LiveTasks tasks;
  private final Staff staff;

  RealTime(LiveTasks tasks, Staff staff) {
    this.tasks = tasks;
    this.staff = staff;
  }

  WorkspaceNow workspace(WorkspaceSid workspace, @Nullable String channel) {
    var live = one(workspace, Scope.WORKSPACE, workspace.value(), channel);
    return new WorkspaceNow(live.body(), staff.of(workspace).body());
  }

  TasksNow.Body workflow(WorkspaceSid workspace, WorkflowSid workflow, @Nullable String channel) {
    return one(workspace, Scope.WORKFLOW, workflow.value(), channel).body();
  }

  /**
   * Each of the queues, in their order; a sid that is no queue's of the workspace stands for a
   * queue without anything.
   */
  List<QueueNow> queues(WorkspaceSid workspace, List<String> queues, @Nullable String channel) {
    var live = tasks.of(workspace, Scope.QUEUE, queues, channel);
    var inQueue = tasks.longestInQueue(workspace, queues, channel);
    var members = staff.ofQueues(workspace, queues);
    return queues.stream()
        .map(
            queue ->
                QueueNow.of(
                    live.getOrDefault(queue, TasksNow.NONE),
                    inQueue.getOrDefault(queue, Oldest.NONE),
                    members.getOrDefault(queue, WorkersNow.NOBODY)))
        .toList();
  }

  private TasksNow one(
      WorkspaceSid workspace, Scope scope, String subject, @Nullable String channel) {
    return tasks
        .of(workspace, scope, List.of(subject), channel)
        .getOrDefault(subject, TasksNow.NONE);
  }
}
