package dev.muster.assignment;

import dev.muster.telemetry.FirstNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Shows how many tasks wait in each queue, and how long the oldest has: gauges {@code
 * muster.tasks.waiting} and {@code muster.tasks.waiting.oldest} (seconds). The {@value #MOST}
 * fullest queues have a series each, the others share one. Every node shows the same.
 */
@Component
class QueueDepths {

  static final int MOST = 100;

  private final WaitingTasks waitingTasks;
  private final Clock clock;
  private final MultiGauge tasks;
  private final MultiGauge oldest;

  QueueDepths(WaitingTasks waitingTasks, MeterRegistry registry, Clock clock) {
    this.waitingTasks = waitingTasks;
    this.clock = clock;
    this.tasks =
        MultiGauge.builder("muster.tasks.waiting")
            .description("how many tasks wait")
            .register(registry);
    this.oldest =
        MultiGauge.builder("muster.tasks.waiting.oldest")
            .description("how long ago the oldest task that waits was created")
            .baseUnit("seconds")
            .register(registry);
  }

  @Scheduled(fixedDelayString = "${muster.assignment.count-every:15s}")
  void count() {
    var depths = bounded(waitingTasks.depths());
    var now = clock.instant();
    tasks.register(rows(depths, Depth::tasks), true);
    oldest.register(
        rows(depths, depth -> Duration.between(depth.oldest(), now).toMillis() / 1000.0), true);
  }

  /** The first {@value #MOST}, and one for the rest if there are more. */
  static List<Depth> bounded(List<Depth> depths) {
    if (depths.size() <= MOST) {
      return depths;
    }
    var bounded = new ArrayList<>(depths.subList(0, MOST));
    var others = new Depth(FirstNames.OTHER, FirstNames.OTHER, 0, depths.get(MOST).oldest());
    bounded.add(depths.stream().skip(MOST).reduce(others, Depth::plus));
    return bounded;
  }

  private static List<Row<?>> rows(List<Depth> depths, ToDoubleFunction<Depth> value) {
    return depths.stream()
        .<Row<?>>map(
            depth ->
                Row.of(
                    Tags.of("workspace", depth.workspace(), "queue", depth.queue()),
                    value.applyAsDouble(depth)))
        .toList();
  }
}
