package dev.muster.webhook;

import dev.muster.webhook.Outcome.Sent;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Shows how events are told: gauge {@code muster.webhook.lag} in seconds, of what is due and not
 * yet told, and timer {@code muster.webhook.answers}, how long targets took to answer, by what
 * became of the delivery.
 */
@Component
class WebhookMeters {

  private final MeterProvider<Timer> answers;

  WebhookMeters(MeterRegistry registry, Streams streams) {
    this.answers =
        Timer.builder("muster.webhook.answers")
            .description("how long targets took to answer")
            .withRegistry(registry);
    TimeGauge.builder(
            "muster.webhook.lag", streams, TimeUnit.MILLISECONDS, asked -> asked.lag().toMillis())
        .description("how long the event that has been due longest has been due")
        .register(registry);
  }

  void count(Sent sent) {
    answers.withTag("status", sent.status().wireName()).record(sent.took());
  }
}
