package dev.muster.process;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows how far the engine is behind: gauge {@code muster.process.lag} in seconds, health detail
 * {@code process}, which also lists the processes that workflows name and that cannot be started.
 * None of it makes Muster unhealthy.
 */
@Component
@WithEngine
class ProcessHealth implements HealthIndicator, MeterBinder {

  private final Relay relay;
  private final Presences presences;

  ProcessHealth(Relay relay, Presences presences) {
    this.relay = relay;
    this.presences = presences;
  }

  @Override
  public Health health() {
    return Health.up()
        .withDetail("engine", relay.inTrouble() ? "behind" : "in step")
        .withDetail("lag", relay.lag().toString())
        .withDetail("absent", presences.absent())
        .build();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    TimeGauge.builder(
            "muster.process.lag", relay, TimeUnit.MILLISECONDS, asked -> asked.lag().toMillis())
        .description("how long the task that has waited longest for its telling has waited")
        .register(registry);
  }
}
