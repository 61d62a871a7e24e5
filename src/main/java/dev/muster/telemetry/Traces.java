package dev.muster.telemetry;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Traces that go on after their request, perhaps on another node. */
@Component
public class Traces {

  private final Tracer tracer;

  Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The present span, to be kept with what it begins; null if it is not recorded. */
  public @Nullable String present() {
    var span = tracer.currentSpan();
    return span == null || !Boolean.TRUE.equals(span.context().sampled())
        ? null
        : span.context().traceId() + "-" + span.context().spanId();
  }

  /**
   * Records what went on because of {@code origin}.
   *
   * @param origin what {@link #present} said then
   */
  public void record(
      String origin, String name, Instant from, Instant until, Map<String, String> tags) {
    var span =
        tracer
            .spanBuilder()
            .setParent(context(origin))
            .name(name)
            .startTimestamp(micros(from), TimeUnit.MICROSECONDS);
    tags.forEach(span::tag);
    span.start().end(micros(until), TimeUnit.MICROSECONDS);
  }

  private TraceContext context(String origin) {
    var dash = origin.indexOf('-');
    return tracer
        .traceContextBuilder()
        .traceId(origin.substring(0, dash))
        .spanId(origin.substring(dash + 1))
        .sampled(true)
        .build();
  }

  private static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
  }
}
