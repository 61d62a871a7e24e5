package dev.muster.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts what was committed: {@code muster.events} by type. */
@Component
class EventMeters {

  private final MeterProvider<Counter> events;

  EventMeters(MeterRegistry registry) {
    this.events =
        Counter.builder("muster.events")
            .description("what happened, as the event log tells it")
            .withRegistry(registry);
  }

  @TransactionalEventListener
  void on(EventsRecorded recorded) {
    recorded.types().forEach(type -> events.withTag("type", type).increment());
  }
}
