package dev.muster.workspace;

/**
 * Something changed that could make a match: a task waits, or a worker has room. Published inside
 * the transaction of the change; a matching round follows its commit.
 */
public record WorkAvailable(WorkspaceSid workspace) {}
