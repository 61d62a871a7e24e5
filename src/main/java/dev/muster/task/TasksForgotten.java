package dev.muster.task;

import dev.muster.workspace.WorkspaceSid;
import java.util.List;

/**
 * The rows of tasks that were over long ago are deleted, and what belongs to them goes along.
 * Published inside the transaction.
 */
public record TasksForgotten(WorkspaceSid workspace, List<TaskSid> tasks) {}
