package dev.muster.workflow;

import dev.muster.workspace.WorkspaceSid;

/**
 * What {@link WorkflowChanged} asked for is committed and can begin; whoever publishes it waits for
 * as much of it as a request can wait for.
 */
public record ReevaluationDue(WorkspaceSid workspace, WorkflowSid workflow) {}
