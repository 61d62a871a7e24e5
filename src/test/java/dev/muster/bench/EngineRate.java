package dev.muster.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many lifecycles per second Muster can tell the engine about as they happen. */
final class EngineRate {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private static final String LAG =
      """
      SELECT coalesce(extract(epoch FROM clock_timestamp() - min(changed_at)) * 1000, 0)
      FROM process_state WHERE version > told_version
      """;

  private EngineRate() {}

  static SteadyRate.Held measure(
      Site site, CpuUse processors, BenchSettings settings, Consumer<String> progress) {
    var times = new Lifecycle.Times();
    var lifecycle =
        new Lifecycle(site.caller(), site.workplace(), BETWEEN_LOOKS, settings.workerPause());
    try (var pace = new Pace(() -> lifecycle.run(times))) {
      var search = new SteadyRate(pace, () -> lag(site.rows()), processors, progress);
      var held = search.find(settings.step(), settings.engineSpan());
      pace.firstError().ifPresent(error -> progress.accept("first error: " + error));
      return held;
    }
  }

  /** Returns when the engine has been told every move. */
  static void awaitToldAll(JdbcClient database) {
    while (!lag(database).isZero()) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  /** The age of the oldest move that the engine has not been told. */
  static Duration lag(JdbcClient database) {
    return Duration.ofMillis(database.sql(LAG).query(Long.class).single());
  }
}
