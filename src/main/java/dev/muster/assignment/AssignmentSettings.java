package dev.muster.assignment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param roundsAtOnce matching rounds of different workspaces that one node runs at the same time;
 *     each takes a connection
 * @param offersPerRound most reservations that one round makes before it commits and another
 *     follows
 * @param sweepEvery how often a node looks for tasks that wait to be offered again to those who
 *     declined them
 * @param recoverEvery how often a node asks for a round in every workspace where tasks wait, in
 *     case another one ended before it ran the round it was to run; a task comes so much late to
 *     the workers whom its {@code task.age} opens to it
 */
@ConfigurationProperties("muster.assignment")
record AssignmentSettings(
    @DefaultValue("4") int roundsAtOnce,
    @DefaultValue("200") int offersPerRound,
    @DefaultValue("1s") Duration sweepEvery,
    @DefaultValue("10s") Duration recoverEvery) {}
