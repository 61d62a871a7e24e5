/**
 * What happens in a workspace, in figures. Real-time figures are counted in the tables when
 * somebody asks. Cumulative ones come from tallies by minute, hour and day, which {@link
 * dev.muster.statistics.RollUps} keeps from the event log, and from the events that are in no tally
 * yet; so they are complete and exact up to the last commit.
 *
 * <p>Tasks, reservations and events are read here by their tables alone.
 */
@ApplicationModule(
    allowedDependencies = {"web", "account", "workspace", "worker", "queue", "workflow"})
@NullMarked
package dev.muster.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
