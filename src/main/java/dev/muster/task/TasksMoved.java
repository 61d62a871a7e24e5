package dev.muster.task;

import dev.muster.workspace.WorkspaceSid;
import java.util.Map;

/**
 * Tasks came to another stage (queued, offered, assigned, wrapping, ended) or to another step.
 * Published inside the transaction of the change.
 *
 * @param versions the new version of each task
 */
public record TasksMoved(WorkspaceSid workspace, Map<TaskSid, Integer> versions) {}
