package dev.muster.worker;

import org.jspecify.annotations.Nullable;

/**
 * A unit to be taken.
 *
 * @param workerVersion the version at which the worker was chosen; null for any
 * @param queue whose member the worker must be; null for anybody
 * @param ignoreCapacity whether it may be taken even if the worker's activity is unavailable or the
 *     capacity is used up; the channel itself must be available all the same
 */
public record ChannelClaim(
    ChannelUnit unit,
    @Nullable Integer workerVersion,
    @Nullable String queue,
    boolean ignoreCapacity) {}
