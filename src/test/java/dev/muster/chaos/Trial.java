package dev.muster.chaos;

import static java.util.function.Predicate.isEqual;
import static org.awaitility.Awaitility.await;

import dev.muster.chaos.Call.Act;
import dev.muster.local.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.awaitility.core.ConditionTimeoutException;

/** One run: load, kills, the broker's long absence, and what is left when all has come to rest. */
final class Trial {

  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ChaosSettings settings;
  private final Consumer<String> progress;
  private final History history = new History();

  private Trial(ChaosSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Leaves Muster's log and the records of the broker in the folder, which must exist. */
  static Evidence run(ChaosSettings settings, Path folder, Consumer<String> progress)
      throws IOException {
    return new Trial(settings, progress).run(folder);
  }

  private Evidence run(Path folder) throws IOException {
    var records = folder.resolve("whereabouts.tsv").toAbsolutePath();
    Files.deleteIfExists(records);
    progress.accept("Starting PostgreSQL, the broker and Muster");
    try (var rig = new Rig(records, folder.resolve("muster.log"), settings.jar());
        var caller = new Caller(rig.base(), rig.credentials())) {
      var office = Office.open(rig.base(), rig.credentials(), caller);
      var tables = new Tables(rig.database(), office.workspaceSid());
      try (var load = new Load(caller, office, history)) {
        progress.accept("%.0f tasks a second".formatted(settings.perSecond()));
        load.rate(settings.perSecond());
        LockSupport.parkNanos(WARM_UP.toNanos());
        tables.analyze();
        if (settings.jar().isPresent()) {
          progress.accept("Muster is ended in order, which writes its cache, and started again");
          rig.renewMuster();
        }
        var kills = new Kills(rig, tables, settings, progress).all();
        var absence = withoutBroker(rig, tables, load);
        return Evidence.of(history, tables, whereabouts(tables, records), kills, absence);
      }
    }
  }

  private Absence withoutBroker(Rig rig, Tables tables, Load load) {
    progress.accept("The broker is away for " + settings.brokerAway());
    rig.kill(Part.BROKER);
    var gone = Instant.now();
    LockSupport.parkNanos(settings.brokerAway().toNanos());
    var back = Instant.now();
    rig.start(Part.BROKER);
    load.sendNoMore();
    var ready = Instant.now();
    progress.accept("The broker is back; %d tasks to tell it about".formatted(tables.untold()));
    awaitZero("tasks to come to rest", tables::unsettled);
    awaitZero("the engine to be told everything", tables::untold);
    return new Absence(
        Duration.between(gone, back),
        creations(gone, back),
        tables.reservationsMade(gone, back),
        tables.longestSilence(gone, back),
        Duration.between(ready, Instant.now()));
  }

  private List<Call> creations(Instant from, Instant to) {
    return history
        .calls()
        .filter(call -> call.act() == Act.CREATE)
        .filter(call -> !call.began().isBefore(from) && call.began().isBefore(to))
        .toList();
  }

  /** What does not become true is judged as it is in the end. */
  private void awaitZero(String what, LongSupplier count) {
    try {
      await(what).atMost(PATIENCE).pollInterval(BETWEEN_LOOKS).until(count::getAsLong, isEqual(0L));
    } catch (ConditionTimeoutException tooLong) {
      progress.accept("Waited in vain for %s: %d".formatted(what, count.getAsLong()));
    }
  }

  /** The broker acts on what it was told, and writes it down, a little later. */
  private Whereabouts whereabouts(Tables tables, Path records) {
    awaitZero(
        "processes to stand where their tasks stand",
        () ->
            Verdicts.misplaced(Whereabouts.in(records), tables.tasks(), tables.reservations())
                .size());
    return Whereabouts.in(records);
  }
}
