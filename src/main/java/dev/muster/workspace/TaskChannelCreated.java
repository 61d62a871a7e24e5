package dev.muster.workspace;

/**
 * A task channel was added to a workspace that may have workers already; published inside the
 * transaction, so that each of them gets its worker channel.
 */
public record TaskChannelCreated(WorkspaceSid workspace, TaskChannelSid channel) {}
