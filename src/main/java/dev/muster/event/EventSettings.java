package dev.muster.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param keepFor how long events are kept; at least 30 days, which the wire format promises
 * @param cleanEvery how often older ones are deleted
 * @param tellEvery how long a node waits before it tells the others again that there is news; what
 *     happens meanwhile is told at once then
 * @param lookEvery how often readers look for news that nobody told them of, since a node may end
 *     between a commit and its word
 * @param readsAtOnce how many readers of a node may ask the database at once
 */
@ConfigurationProperties("muster.event")
record EventSettings(
    @DefaultValue("30d") Duration keepFor,
    @DefaultValue("10m") Duration cleanEvery,
    @DefaultValue("5ms") Duration tellEvery,
    @DefaultValue("5s") Duration lookEvery,
    @DefaultValue("4") int readsAtOnce) {

  private static final Duration PROMISED = Duration.ofDays(30);

  EventSettings {
    if (keepFor.compareTo(PROMISED) < 0) {
      throw new IllegalArgumentException(
          "Expected muster.event.keep-for to be at least 30 days, but it is " + keepFor);
    }
  }
}
