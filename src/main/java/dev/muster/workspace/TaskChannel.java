package dev.muster.workspace;

import java.time.Instant;

/**
 * A kind of work that workers have a capacity for.
 *
 * @param uniqueName never changes
 * @param channelOptimizedRouting whether idle time is measured on this channel alone
 */
public record TaskChannel(
    TaskChannelSid sid,
    String uniqueName,
    String friendlyName,
    boolean channelOptimizedRouting,
    Instant createdAt,
    Instant updatedAt) {}
