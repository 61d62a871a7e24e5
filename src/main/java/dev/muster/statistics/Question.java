package dev.muster.statistics;

import dev.muster.workspace.WorkspaceSid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about the past of a workspace.
 *
 * @param channel sid of the task channel that tasks and reservations are to have; null for any
 * @param thresholds seconds by which waits are split
 */
record Question(
    WorkspaceSid workspace, Window window, @Nullable String channel, List<Integer> thresholds) {}
