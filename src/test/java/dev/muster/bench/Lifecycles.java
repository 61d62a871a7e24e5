package dev.muster.bench;

import dev.muster.local.Caller;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whole lifecycles at full speed, by several clients.
 *
 * @param cpu what used the processors
 * @param work what the database had to do
 */
record Lifecycles(Crew.Tally tally, Lifecycle.Times times, String cpu, DatabaseWork work) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  static Lifecycles measure(
      Caller caller,
      Workplace workplace,
      JdbcClient database,
      CpuUse processors,
      BenchSettings settings) {
    var lifecycle = new Lifecycle(caller, workplace, BETWEEN_LOOKS, Duration.ZERO);
    var warmUp = new Lifecycle.Times();
    Crew.work(BenchSettings.CLIENTS, settings.warmUp(), client -> () -> lifecycle.run(warmUp));
    database.sql("ANALYZE").update();
    var times = new Lifecycle.Times();
    var before = DatabaseWork.now(database);
    processors.begin();
    var tally =
        Crew.work(BenchSettings.CLIENTS, settings.span(), client -> () -> lifecycle.run(times));
    var cpu = processors.end();
    return new Lifecycles(tally, times, cpu, DatabaseWork.now(database).since(before));
  }

  double looksPerLifecycle() {
    return (double) times.looks().get() / Math.max(1, tally.done());
  }
}
