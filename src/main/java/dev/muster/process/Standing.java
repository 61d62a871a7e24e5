package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.WorkspaceSid;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one task stood when it was read.
 *
 * @param process that the task names; null for Muster's own
 */
record Standing(
    WorkspaceSid workspace, TaskSid task, int version, @Nullable ProcessId process, Stage stage) {

  boolean ended() {
    return stage instanceof Stage.Ended;
  }

  /** What a new process has to know: whose it is, and where to begin. */
  Map<String, Object> firstVariables() {
    var variables = new HashMap<>(stage.variables());
    variables.put(TaskProcess.WORKSPACE_SID, workspace.value());
    variables.put(TaskProcess.TASK_SID, task.value());
    return variables;
  }
}
