package dev.muster.workspace;

/**
 * A workspace is being deleted; published inside the transaction, so that every module removes what
 * it keeps of it.
 */
public record WorkspaceDeleted(WorkspaceSid workspace) {}
