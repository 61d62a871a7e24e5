package dev.muster.task;

import dev.muster.task.RoutingTarget.ToWorker;
import dev.muster.task.RoutingTarget.ToWorkflow;
import dev.muster.task.TaskForms.NewTask;
import dev.muster.web.Refused;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.TaskChannels;
import dev.muster.workspace.TaskDoor;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what the form of a new task names. */
@Repository
class TaskSources {

  private static final String SOURCE =
      """
      SELECT w.version, c.sid AS channel_sid, %s FROM workflow w, task_channel c
      WHERE w.workspace_sid = :workspace AND w.sid = :workflow
        AND c.workspace_sid = :workspace AND (c.sid = :channel OR c.unique_name = :channel)
      ORDER BY c.sid = :channel DESC LIMIT 1
      """
          .formatted(TaskDoor.SHARE);

  private static final String WORKER =
      "SELECT EXISTS (SELECT 1 FROM worker WHERE workspace_sid = :workspace AND sid = :sid)";

  private static final String WORKFLOW =
      "SELECT EXISTS (SELECT 1 FROM workflow WHERE workspace_sid = :workspace AND sid = :sid)";

  private final JdbcClient jdbc;

  TaskSources(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The workflow and the channel of a new task. From now on nothing is deleted that it needs.
   *
   * @throws Refused if one of them, or the worker that is to have the task, does not exist
   */
  TaskSource find(WorkspaceSid workspace, NewTask form) {
    if (form.routingTarget() instanceof ToWorker worker
        && !exists(WORKER, workspace, worker.value())) {
      throw Refused.invalid(
          "Expected RoutingTarget to be a worker of this workspace, but there is no %s",
          worker.value());
    }
    var workflow = workflow(workspace, form);
    var named = form.taskChannel();
    var channel = named == null || named.isBlank() ? TaskChannels.DEFAULT : named;
    return jdbc.sql(SOURCE)
        .param("workspace", workspace.value())
        .param("workflow", workflow.value())
        .param("channel", channel)
        .query(
            (row, number) ->
                new TaskSource(
                    workflow,
                    row.getInt("version"),
                    new TaskChannelSid(row.getString("channel_sid"))))
        .optional()
        .orElseThrow(() -> missing(workspace, workflow, channel));
  }

  private WorkflowSid workflow(WorkspaceSid workspace, NewTask form) {
    if (form.routingTarget() instanceof ToWorkflow target) {
      return target.sid();
    }
    var named = form.workflowSid();
    return named == null ? onlyWorkflow(workspace) : named;
  }

  private WorkflowSid onlyWorkflow(WorkspaceSid workspace) {
    var all =
        jdbc.sql("SELECT sid FROM workflow WHERE workspace_sid = :workspace LIMIT 2")
            .param("workspace", workspace.value())
            .query(String.class)
            .list();
    if (all.size() != 1) {
      throw Refused.invalid(
          "WorkflowSid field is required: it may be left out only where the workspace has exactly one workflow, but it has %s",
          all.isEmpty() ? "none" : "several");
    }
    return new WorkflowSid(all.getFirst());
  }

  private Refused missing(WorkspaceSid workspace, WorkflowSid workflow, String channel) {
    return exists(WORKFLOW, workspace, workflow.value())
        ? Refused.invalid(
            "Expected TaskChannel to be the unique name or SID of a task channel of this workspace, but got '%.80s'",
            channel)
        : Refused.invalid(
            "Expected WorkflowSid to be a workflow of this workspace, but there is no %s",
            workflow);
  }

  private boolean exists(String question, WorkspaceSid workspace, String sid) {
    return jdbc.sql(question)
        .param("workspace", workspace.value())
        .param("sid", sid)
        .query(Boolean.class)
        .single();
  }
}
