package dev.muster.workspace;

/**
 * A workspace was created, with its activities and task channels; published inside the transaction,
 * so that the modules above add what its template asks for.
 */
public record WorkspaceCreated(WorkspaceSid workspace, Template template) {}
