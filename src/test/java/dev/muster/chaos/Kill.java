package dev.muster.chaos;

import java.time.Duration;

/**
 * One part, killed and started again at once.
 *
 * @param ready from the start until the part was ready
 * @param offered from the start until the first new reservation
 */
record Kill(Part part, Duration ready, Duration offered) {}
