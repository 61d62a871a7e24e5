package dev.muster.bench;

import dev.muster.bench.HeadOfLine.Wish;
import dev.muster.local.LocalCamunda;
import dev.muster.local.LocalPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures Muster on this machine, with PostgreSQL and Camunda beside it on free ports and with
 * data that are thrown away, but with the durability of production.
 *
 * <p>System properties shorten it, see {@link BenchSettings}; {@code target/bench.md} holds the
 * table afterwards.
 */
public final class Bench {

  private static final Path TARGET = Path.of("target");
  private static final Map<String, Object> WITHOUT_ENGINE =
      Map.of("camunda.client.enabled", "false");

  private final BenchSettings settings = BenchSettings.fromSystemProperties();
  private final Report report = new Report();
  private final CpuUse processors = new CpuUse();

  private Bench() {}

  public static void main(String[] arguments) {
    new Bench().run();
  }

  private void run() {
    report.say("Starting PostgreSQL");
    try (var postgres = LocalPostgres.throwAwayButDurable();
        var camunda = LocalCamunda.throwAway()) {
      postgres.start();
      processors.add("PostgreSQL", () -> postgres.process().stream());
      withoutEngine(postgres);
      if (settings.parts().contains("engine")) {
        report.say("Starting Camunda");
        camunda.start();
        processors.add("Camunda", () -> camunda.process().stream());
        withEngine(postgres, camunda);
      }
    }
    report.finish(TARGET.resolve("bench.md"));
  }

  private void withoutEngine(LocalPostgres postgres) {
    try (var site = open(postgres, "muster", WITHOUT_ENGINE)) {
      report.heading(Machine.with(site.rows()).toString());
      if (settings.parts().contains("offers")) {
        offerLatency(site);
        var muster = lifecycles(site, "Lifecycles, engine away");
        var bare = bareWrites(site);
        report.figure(
            "Muster / bare writes",
            "",
            "%.2f",
            muster.tally().perSecond() / bare.tally().perSecond());
      }
      if (settings.parts().contains("line")) {
        headOfLine(site, Wish.ATTRIBUTE, 1);
        headOfLine(site, Wish.ATTRIBUTE, 100);
        headOfLine(site, Wish.ATTRIBUTE, 1_000);
        headOfLine(site, Wish.KNOWN, 1_000);
        headOfLine(site, Wish.DIRECT, 1_000);
      }
      if (settings.parts().contains("questions")) {
        questions(site);
      }
      if (settings.parts().contains("webhooks")) {
        webhooks(site);
      }
      if (settings.parts().contains("statistics")) {
        statistics(site);
      }
      if (settings.parts().contains("socket")) {
        sockets(site);
      }
    }
  }

  private void webhooks(Site site) {
    report.say("Events told to one healthy target: %s", settings.span());
    var told = EventDelivery.measure(site, processors, settings);
    report.figure(
        "Events told while lifecycles run at full speed",
        told.cpu(),
        "%.0f/s beside %.0f lifecycles/s, %d errors",
        told.perSecond(),
        told.lifecycles().perSecond(),
        told.lifecycles().errors());
    told.lifecycles().firstError().ifPresent(error -> report.say("first error: %s", error));
    report.figure("– from the event to its receipt, p50 / p95 / p99", "", "%s", told.lag());
    report.figure("– until the last was told", "", "%.1f s", told.behind().toNanos() / 1e9);
    report.figure(
        "Events told while nothing else happens", told.replayCpu(), "%.0f/s", told.replayed());
  }

  private void sockets(Site site) {
    report.say(
        "Offer to socket: %d tasks per second, %d sockets, %s",
        SocketLatency.PER_SECOND, BenchSettings.WORKERS, settings.span());
    processors.begin();
    var latency = SocketLatency.measure(site, settings.span());
    report.figure(
        "Offer made until its worker's socket tells it, %d tasks per second, p50 / p95 / p99"
            .formatted(SocketLatency.PER_SECOND),
        processors.end(),
        "%s (%d offers, %d untold, %d errors)",
        latency.seen(),
        latency.seen().count(),
        latency.unseen(),
        latency.errors());
  }

  private void headOfLine(Site site, Wish wish, int kinds) {
    report.say(
        "Create to offer behind %,d tasks of %,d kinds, each for %s",
        HeadOfLine.IN_THE_WAY, kinds, wish);
    var line = HeadOfLine.measure(site, wish, kinds);
    report.figure(
        "Offer seen behind %,d tasks of %,d kinds, each for %s, p50 / p95 / p99"
            .formatted(HeadOfLine.IN_THE_WAY, kinds, wish),
        "",
        "%s; with none in the way %s; ratio of the medians %.2f",
        line.behind().seen(),
        line.alone().seen(),
        line.ratio());
  }

  private void questions(Site site) {
    report.say(
        "Asking why and what if, with %,d members and %,d tasks",
        Questions.MEMBERS, Questions.TASKS);
    var answers = Questions.measure(site.caller(), report::say);
    report.figure(
        "Explanation of a task with %,d members, first page of 50".formatted(Questions.MEMBERS),
        "",
        "%s",
        answers.explanation());
    report.figure("– all members, in pages of 1,000", "", "%s", answers.members());
    report.figure("Dry run of %,d tasks".formatted(Questions.TASKS), "", "%s", answers.dryRun());
    report.figure("Validation beside as many", "", "%s", answers.validation());
  }

  private void statistics(Site site) {
    report.say("Figures of 30 days with %,d events", settings.events());
    var month = PastMonth.measure(site, settings.events(), report::say);
    report.figure(
        "Events added to the tallies, of %,d".formatted(settings.events()),
        "",
        "%.0f/s",
        month.addedPerSecond());
    month("Cumulative figures of 30 days, of the workspace", month.workspace());
    month("– of a queue", month.queue());
    month("– of 50 queues, with real-time figures", month.queues());
    month("– of all workers, with the time in activities", month.workers());
    month(
        "– of the workspace, with %,d events in no tally".formatted(PastMonth.LATEST_EVENTS),
        month.uncounted());
  }

  private void month(String name, Percentiles times) {
    var goal = PastMonth.GOAL.toMillis();
    report.figure(
        name,
        "",
        "%s; %s %d ms at p95",
        times,
        times.millis(95) < goal ? "less than" : "NOT less than",
        goal);
  }

  private void withEngine(LocalPostgres postgres, LocalCamunda camunda) {
    SteadyRate.Held muster;
    try (var site = open(postgres, "muster_engine", camunda.properties())) {
      lifecycles(site, "Lifecycles, engine told meanwhile");
      var behind = System.nanoTime();
      EngineRate.awaitToldAll(site.rows());
      report.figure(
          "– until the engine had caught up", "", "%.1f s", (System.nanoTime() - behind) / 1e9);
      report.say("Lifecycles told to the engine as they happen: the highest steady rate");
      muster = EngineRate.measure(site, processors, settings, report::say);
      report.figure("Told to the engine for " + settings.engineSpan(), muster.cpu(), "%s", muster);
    }
    report.say("The same messages without Muster: the highest steady rate");
    var bare = BareEngine.measure(camunda, processors, settings, report::say);
    report.figure("The same messages by a bare client", bare.cpu(), "%s", bare);
    report.figure("Muster / bare engine", "", "%.2f", muster.perSecond() / bare.perSecond());
  }

  private Site open(LocalPostgres postgres, String name, Map<String, Object> engine) {
    report.say("Starting Muster with %d workers", BenchSettings.WORKERS);
    var site = Site.open(postgres.database(name), engine, TARGET.resolve("bench-" + name + ".log"));
    processors.add("Muster", () -> Stream.of(site.muster().handle()));
    return site;
  }

  private void offerLatency(Site site) {
    report.say("Create to offer, %d times, one at a time", settings.samples());
    processors.begin();
    var latency =
        OfferLatency.measure(site.caller(), site.workplace(), site.rows(), settings.samples());
    var cpu = processors.end();
    report.figure(
        "POST Tasks until GET Reservations shows it, p50 / p95 / p99",
        cpu,
        "%s (%d samples)",
        latency.seen(),
        latency.seen().count());
    report.figure(
        "POST Tasks until the reservation's created_at, p50 / p95 / p99", "", "%s", latency.made());
  }

  private Lifecycles lifecycles(Site site, String name) {
    report.say("%s: %d clients, %s", name, BenchSettings.CLIENTS, settings.span());
    var all =
        Lifecycles.measure(site.caller(), site.workplace(), site.rows(), processors, settings);
    var times = all.times();
    report.figure(
        name,
        all.cpu(),
        "%.0f/s, %d errors, %.1f looks at the list for each",
        all.tally().perSecond(),
        all.tally().errors(),
        all.looksPerLifecycle());
    all.tally().firstError().ifPresent(error -> report.say("first error: %s", error));
    report.figure("– create, p50 / p95 / p99", "", "%s", times.create());
    report.figure("– created until the offer is seen", "", "%s", times.offer());
    report.figure("– accept", "", "%s", times.accept());
    report.figure("– complete", "", "%s", times.complete());
    report.figure("– in the database, for each", "", "%s", all.work().per(all.tally().done()));
    return all;
  }

  private BareWrites bareWrites(Site site) {
    report.say("Bare writes: %d connections, %s", BenchSettings.CLIENTS, settings.span());
    var bare = BareWrites.measure(site.database(), site.workplace(), processors, settings);
    report.figure(
        "The same writes by a bare script",
        bare.cpu(),
        "%.0f/s, %d errors",
        bare.tally().perSecond(),
        bare.tally().errors());
    bare.tally().firstError().ifPresent(error -> report.say("first error: %s", error));
    report.figure("– in the database, for each", "", "%s", bare.work().per(bare.tally().done()));
    return bare;
  }
}
