package dev.muster.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How fast a workspace's system is told what happens, over one signed request for each event: while
 * lifecycles run at full speed on the same processors, and while nothing else happens and all of it
 * is replayed.
 *
 * @param behind how long after the last lifecycle the last event of it came
 * @param replayed events per second
 */
record EventDelivery(
    Crew.Tally lifecycles,
    long events,
    Percentiles lag,
    Duration behind,
    String cpu,
    double replayed,
    String replayCpu) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  double perSecond() {
    return events / (lifecycles.seconds() + behind.toNanos() / 1e9);
  }

  static EventDelivery measure(Site site, CpuUse processors, BenchSettings settings) {
    var workspace = site.workplace().path();
    try (var receiver = new EventReceiver()) {
      site.caller().post(workspace, "EventCallbackUrl", receiver.url());
      work(site, settings.warmUp());
      awaitToldAll(site.rows());
      receiver.beginAnew();
      var start = Instant.now();
      processors.begin();
      var lifecycles = work(site, settings.span());
      var ended = System.nanoTime();
      awaitToldAll(site.rows());
      var behind = Duration.ofNanos(System.nanoTime() - ended);
      var cpu = processors.end();
      var events = receiver.events();
      var lag = receiver.lag();

      receiver.beginAnew();
      processors.begin();
      var began = System.nanoTime();
      site.caller()
          .post("/muster" + workspace + "/EventDeliveries/Replay", "StartDate", start.toString());
      awaitToldAll(site.rows());
      var seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
      var replayed = receiver.events() / seconds;
      var replayCpu = processors.end();
      site.caller().post(workspace, "EventCallbackUrl", "");
      return new EventDelivery(lifecycles, events, lag, behind, cpu, replayed, replayCpu);
    }
  }

  private static Crew.Tally work(Site site, Duration span) {
    var lifecycle = new Lifecycle(site.caller(), site.workplace(), BETWEEN_LOOKS, Duration.ZERO);
    var times = new Lifecycle.Times();
    return Crew.work(BenchSettings.CLIENTS, span, number -> () -> lifecycle.run(times));
  }

  private static void awaitToldAll(JdbcClient database) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (anyQueued(database)) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "Expected all events to be told, but some are still queued");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static boolean anyQueued(JdbcClient database) {
    return database
        .sql("SELECT EXISTS (SELECT FROM event_delivery WHERE status = 'queued')")
        .query(Boolean.class)
        .single();
  }
}
