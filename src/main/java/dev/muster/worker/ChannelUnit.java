package dev.muster.worker;

import dev.muster.workspace.TaskChannelSid;

/** One unit of a worker's capacity on one task channel: what one task needs. */
public record ChannelUnit(WorkerSid worker, TaskChannelSid channel) {}
