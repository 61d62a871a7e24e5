package dev.muster.process;

import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;

/**
 * A task this node alone may tell the engine about, for a while.
 *
 * @param version of the task's last known move
 * @param started the engine has confirmed the task's process
 * @param attempted somebody may have told the engine already without learning how it went
 * @param changedAt since when there is something to tell; it changes when a task is to be told anew
 */
record Claim(
    WorkspaceSid workspace,
    TaskSid task,
    int version,
    boolean started,
    boolean attempted,
    Instant changedAt) {

  /** The same, after an attempt of unknown outcome. */
  Claim again() {
    return new Claim(workspace, task, version, started, true, changedAt);
  }
}
