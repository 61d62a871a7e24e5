package dev.muster.workspace;

/**
 * A worker took on work, which makes a match only for a task that asks how much its worker has to
 * do. Published inside the transaction of the change.
 */
public record LoadRose(WorkspaceSid workspace) {}
