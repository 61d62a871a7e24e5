package dev.muster.worker;

import dev.muster.workspace.WorkspaceSid;

/**
 * A worker was created or changed. Published inside the transaction of the change, which holds the
 * {@link Roster} shared if the attributes changed.
 *
 * @param attributesChanged also true for a new worker
 */
public record WorkerChanged(WorkspaceSid workspace, WorkerSid worker, boolean attributesChanged) {}
