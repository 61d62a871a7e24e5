package dev.muster.process;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows how far the engine is behind: gauge {@code muster.process.lag} in seconds, gauges {@code
 * muster.process.window} and {@code muster.process.in.flight} of the commands that the engine takes
 * at once, and health {@code process}, degraded while the engine cannot be told, which also lists
 * the processes that workflows name and that cannot be started. None of it makes Muster unhealthy.
 */
@Component
@WithEngine
class ProcessHealthIndicator implements HealthIndicator, MeterBinder {

  private static final Status DEGRADED =
      new Status("DEGRADED", "tasks are served, the engine hears of them later");

  private final Relay relay;
  private final Presences presences;

  ProcessHealthIndicator(Relay relay, Presences presences) {
    this.relay = relay;
    this.presences = presences;
  }

  @Override
  public Health health() {
    return (relay.inTrouble() ? Health.status(DEGRADED) : Health.up())
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
    Gauge.builder("muster.process.window", relay, asked -> asked.window().size())
        .description("how many commands may be on their way to the engine; fewer when it is busy")
        .register(registry);
    Gauge.builder("muster.process.in.flight", relay, asked -> asked.window().inFlight())
        .description("how many commands are on their way to the engine")
        .register(registry);
  }
}
