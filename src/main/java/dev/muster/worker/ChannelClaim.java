package dev.muster.worker;

/**
 * A unit to be taken.
 *
 * @param ignoreCapacity whether it may be taken even if the worker's activity is unavailable or the
 *     capacity is used up; the channel itself must be available all the same
 */
public record ChannelClaim(ChannelUnit unit, boolean ignoreCapacity) {}
