package dev.muster.webhook;

import dev.muster.delivery.Batch;
import dev.muster.delivery.Dispatching;
import dev.muster.delivery.Lane;
import dev.muster.delivery.Lanes;
import dev.muster.event.DeliveriesQueued;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells events right after their commit. */
@Component
class WebhookDispatcher extends Dispatching<Stream> {

  /** So long more streams gather before it looks again; what it costs is bounded by that. */
  private static final Duration BREATH = Duration.ofMillis(10);

  private final Streams streams;
  private final EventTelling telling;
  private final TargetHealth health;

  WebhookDispatcher(
      Streams streams, EventTelling telling, TargetHealth health, WebhookSettings settings) {
    super(
        "webhook",
        new Lanes(settings.atOncePerWorkspace(), settings.atOncePerAccount()),
        settings.sweepEvery(),
        BREATH);
    this.streams = streams;
    this.telling = telling;
    this.health = health;
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(DeliveriesQueued queued) {
    wake();
  }

  @Override
  protected Batch<Stream> take(Map<Lane, Integer> busy) {
    var taken = streams.take(busy, health.resting());
    return new Batch<>(taken, taken.size() == Streams.MOST);
  }

  @Override
  protected Lane lane(Stream stream) {
    return stream.lane();
  }

  /** Wakes itself afterwards: what came into the stream meanwhile had to wait for its end. */
  @Override
  protected void send(Stream stream) {
    telling.tell(stream, this::isRunning);
    wake();
  }
}
