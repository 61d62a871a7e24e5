package dev.muster.chaos;

import java.time.Duration;

/**
 * What happened while the broker was dead for long.
 *
 * @param created creations that were acknowledged
 * @param unanswered creations that were not
 * @param offers reservations that were made
 * @param longestSilence without a new reservation
 * @param drained from the broker's return, with no more new tasks, until all work was done and the
 *     engine had been told everything
 */
record Absence(
    Duration span,
    long created,
    long unanswered,
    long offers,
    Duration longestSilence,
    Duration drained) {}
