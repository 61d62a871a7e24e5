package dev.muster.reservation;

import dev.muster.telemetry.FirstNames;
import dev.muster.telemetry.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Shows offers once they are committed: counter {@code muster.offers}, timer {@code
 * muster.task.wait} from a task's creation to its first offer, both by workspace, and the span
 * {@code offer} in the trace of the request that created the task.
 */
@Component
class OfferMeters {

  private static final int WORKSPACES = 100;

  private static final Duration[] WAITS = {
    Duration.ofMillis(10),
    Duration.ofMillis(30),
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(20),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(20),
    Duration.ofHours(1),
    Duration.ofHours(8)
  };

  private final FirstNames workspaces = new FirstNames(WORKSPACES);
  private final MeterProvider<Counter> offers;
  private final MeterProvider<Timer> waits;
  private final Traces traces;

  OfferMeters(MeterRegistry registry, Traces traces) {
    this.traces = traces;
    this.offers =
        Counter.builder("muster.offers")
            .description("how many reservations were made")
            .withRegistry(registry);
    this.waits =
        Timer.builder("muster.task.wait")
            .description("from a task's creation to its first offer")
            .serviceLevelObjectives(WAITS)
            .withRegistry(registry);
  }

  @TransactionalEventListener
  void on(OffersMade made) {
    var workspace = workspaces.of(made.workspace().value());
    offers.withTag("workspace", workspace).increment(made.offers().size());
    var seen = new HashSet<>();
    for (var offer : made.offers()) {
      var waited = offer.waited();
      if (waited.first() && seen.add(offer.task())) {
        waits.withTag("workspace", workspace).record(Duration.between(waited.since(), made.at()));
      }
      var origin = waited.trace();
      if (origin != null) {
        traces.record(
            origin,
            "offer",
            waited.first() ? waited.since() : made.at(),
            made.at(),
            Map.of(
                "workspace", made.workspace().value(),
                "task", offer.task().value(),
                "worker", offer.worker().value()));
      }
    }
  }
}
