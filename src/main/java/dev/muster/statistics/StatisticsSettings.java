package dev.muster.statistics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param rollUpEvery how often one of the nodes adds new events to the tallies; until then they are
 *     counted one by one for each question, so this is a matter of cost and not of freshness
 * @param eventsPerRollUp how many events one transaction adds
 * @param tidyEvery how often a node deletes tallies that no question may reach any more
 */
@ConfigurationProperties("muster.statistics")
record StatisticsSettings(
    @DefaultValue("5s") Duration rollUpEvery,
    @DefaultValue("20000") int eventsPerRollUp,
    @DefaultValue("1h") Duration tidyEvery) {}
