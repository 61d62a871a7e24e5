package dev.muster.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How much is killed, and under which load, from system properties.
 *
 * @param seed {@code chaos.seed}, which decides the order of the kills and the moments; a random
 *     one unless set
 * @param kills {@code chaos.kills}, of each part, 20 unless set
 * @param perSecond {@code chaos.rate}, tasks that are created, 55 unless set
 * @param brokerAway {@code chaos.broker-away-seconds}, for how long the broker is left dead at
 *     last, 300 s unless set
 * @param longestPause before the next kill, once offers are made again; {@code
 *     chaos.pause-seconds}, 6 s unless set
 * @param jar {@code chaos.jar}, the jar of Muster that is run; its classes unless set, or before
 *     Java 25
 */
record ChaosSettings(
    long seed,
    int kills,
    double perSecond,
    Duration brokerAway,
    Duration longestPause,
    Optional<Path> jar) {

  private static final int WITH_CACHE = 25;

  static ChaosSettings fromSystemProperties() {
    var seed = Long.getLong("chaos.seed", 0);
    return new ChaosSettings(
        seed == 0 ? RandomGenerator.getDefault().nextInt(1, Integer.MAX_VALUE) : seed,
        Integer.getInteger("chaos.kills", 20),
        Integer.getInteger("chaos.rate", 55),
        Duration.ofSeconds(Integer.getInteger("chaos.broker-away-seconds", 300)),
        Duration.ofSeconds(Integer.getInteger("chaos.pause-seconds", 6)),
        Optional.ofNullable(System.getProperty("chaos.jar"))
            .filter(jar -> Runtime.version().feature() >= WITH_CACHE)
            .map(Path::of));
  }
}
