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
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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
  private volatile Map<Tags, Depth> present = Map.of();

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
    present =
        bounded(waitingTasks.depths()).stream()
            .collect(
                Collectors.toMap(
                    depth -> Tags.of("workspace", depth.workspace(), "queue", depth.queue()),
                    Function.identity()));
    tasks.register(rows(Depth::tasks));
    oldest.register(rows(this::age));
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

  /** A series looks its figure up, so that it lasts from count to count and is in every scrape. */
  private List<Row<?>> rows(ToDoubleFunction<Depth> value) {
    return present.keySet().stream()
        .<Row<?>>map(tags -> Row.of(tags, this, depths -> depths.figure(tags, value)))
        .toList();
  }

  private double figure(Tags tags, ToDoubleFunction<Depth> value) {
    var depth = present.get(tags);
    return depth == null ? 0 : value.applyAsDouble(depth);
  }

  private double age(Depth depth) {
    return Duration.between(depth.oldest(), clock.instant()).toMillis() / 1000.0;
  }
}
