package dev.muster.queue;

import dev.muster.workspace.WorkspaceSid;

/**
 * The tasks that wait in a queue have to be ranked again. Published inside the transaction of the
 * change.
 */
public record TaskOrderChanged(WorkspaceSid workspace, TaskQueueSid queue, TaskOrder order) {}
