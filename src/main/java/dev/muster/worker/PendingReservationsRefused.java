package dev.muster.worker;

import dev.muster.workspace.WorkspaceSid;

/**
 * A worker turns down every reservation not yet answered. Published inside the transaction that
 * makes the worker unavailable, before the worker's row is locked.
 */
public record PendingReservationsRefused(WorkspaceSid workspace, WorkerSid worker) {}
