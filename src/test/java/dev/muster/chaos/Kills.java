package dev.muster.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Kills parts in a random order at random moments, each time when offers are made again. */
final class Kills {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final Rig rig;
  private final Tables tables;
  private final ChaosSettings settings;
  private final Consumer<String> progress;
  private final Random random;

  Kills(Rig rig, Tables tables, ChaosSettings settings, Consumer<String> progress) {
    this.rig = rig;
    this.tables = tables;
    this.settings = settings;
    this.progress = progress;
    this.random = new Random(settings.seed());
  }

  List<Kill> all() {
    var order = new ArrayList<Part>();
    for (var part : Part.values()) {
      order.addAll(Collections.nCopies(settings.kills(), part));
    }
    Collections.shuffle(order, random);
    var kills = new ArrayList<Kill>();
    for (var part : order) {
      var pause = Duration.ofMillis(random.nextLong(1, settings.longestPause().toMillis()));
      LockSupport.parkNanos(pause.toNanos());
      var kill = kill(part);
      kills.add(kill);
      progress.accept(
          "Kill %d of %d: %s after %.1f s; started at once, ready after %.1f s, first new reservation after %.1f s"
              .formatted(
                  kills.size(),
                  order.size(),
                  part,
                  seconds(pause),
                  seconds(kill.ready()),
                  seconds(kill.offered())));
    }
    return kills;
  }

  private Kill kill(Part part) {
    var newest = tables.newestReservation();
    rig.kill(part);
    var started = Instant.now();
    rig.start(part);
    var ready = Duration.between(started, Instant.now());
    var first =
        await("a new reservation after %s was killed".formatted(part))
            .atMost(PATIENCE)
            .pollInterval(BETWEEN_LOOKS)
            .until(() -> tables.firstReservation(newest, started), Optional::isPresent)
            .get();
    return new Kill(part, ready, Duration.between(started, first));
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
