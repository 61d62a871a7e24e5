package dev.muster.task;

import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.TaskChannelSid;

/** What a new task comes from: the present version of a workflow, and a channel. */
record TaskSource(WorkflowSid workflow, int version, TaskChannelSid channel) {}
