package dev.muster.delivery;

import java.util.List;

/**
 * What was taken to be sent.
 *
 * @param full whether more may be waiting
 */
public record Batch<W>(List<W> work, boolean full) {}
