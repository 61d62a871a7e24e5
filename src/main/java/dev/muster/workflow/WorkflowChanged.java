package dev.muster.workflow;

import dev.muster.workspace.WorkspaceSid;

/**
 * The tenant wants the waiting tasks of a workflow run through its present version; published
 * inside the transaction, whose last statements the listener's are. {@link ReevaluationDue} follows
 * its commit.
 */
public record WorkflowChanged(WorkspaceSid workspace, WorkflowSid workflow, int version) {}
