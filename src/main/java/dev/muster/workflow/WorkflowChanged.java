package dev.muster.workflow;

import dev.muster.workspace.WorkspaceSid;

/**
 * The tenant wants the waiting tasks of a workflow run through its new version; published inside
 * the transaction.
 */
public record WorkflowChanged(WorkspaceSid workspace, WorkflowSid workflow, int version) {}
