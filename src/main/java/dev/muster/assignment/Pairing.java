package dev.muster.assignment;

import dev.muster.reservation.Offer;
import java.util.List;

/**
 * What a round found.
 *
 * @param offers matches, best first
 * @param unserved the first task of each demand class for which nobody was ready
 * @param unfinished whether tasks were left that may have a match: the round was full, or left
 *     somebody for the next
 */
record Pairing(List<Offer> offers, List<Waiting> unserved, boolean unfinished) {}
