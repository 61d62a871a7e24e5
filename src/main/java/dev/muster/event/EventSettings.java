package dev.muster.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param keepFor how long events are kept; at least 30 days, which the wire format promises
 * @param cleanEvery how often older ones are deleted
 */
@ConfigurationProperties("muster.event")
record EventSettings(
    @DefaultValue("30d") Duration keepFor, @DefaultValue("10m") Duration cleanEvery) {

  private static final Duration PROMISED = Duration.ofDays(30);

  EventSettings {
    if (keepFor.compareTo(PROMISED) < 0) {
      throw new IllegalArgumentException(
          "Expected muster.event.keep-for to be at least 30 days, but it is " + keepFor);
    }
  }
}
