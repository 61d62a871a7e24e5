package dev.muster.bench;

import java.util.List;

/**
 * Rows of Muster that a bare script writes the like of.
 *
 * @param workers who are given tasks by this connection and no other
 */
record BareSample(
    String workspace,
    String channel,
    String queue,
    String workflow,
    String attributes,
    String taskData,
    String reservationData,
    List<String> workers) {}
