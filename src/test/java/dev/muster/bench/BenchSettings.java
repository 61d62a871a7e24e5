package dev.muster.bench;

import java.time.Duration;
import java.util.Set;

/**
 * How long and how much is measured, from system properties.
 *
 * @param samples {@code bench.samples}, tasks whose way to the offer is timed one by one, 1,500
 *     unless set
 * @param span {@code bench.seconds}, how long full speed is held, 60 s unless set
 * @param engineSpan {@code bench.engine-seconds}, how long the engine has to keep up with a rate,
 *     300 s unless set
 * @param events {@code bench.events}, how many events of a month statistics are asked for,
 *     5,000,000 unless set
 * @param parts {@code bench.parts}, which of {@code offers}, {@code engine}, {@code line}, {@code
 *     questions}, {@code webhooks}, {@code statistics} and {@code socket}, parted by commas; all of
 *     them unless set
 */
record BenchSettings(
    int samples, Duration span, Duration engineSpan, int events, Set<String> parts) {

  static final int WORKERS = 200;
  static final int CLIENTS = 8;

  static BenchSettings fromSystemProperties() {
    return new BenchSettings(
        Integer.getInteger("bench.samples", 1500),
        Duration.ofSeconds(Integer.getInteger("bench.seconds", 60)),
        Duration.ofSeconds(Integer.getInteger("bench.engine-seconds", 300)),
        Integer.getInteger("bench.events", 5_000_000),
        Set.of(
            System.getProperty(
                    "bench.parts", "offers,engine,line,questions,webhooks,statistics,socket")
                .split(",")));
  }

  /** How long a rate is tried before it is held; long enough to tell, with some patience. */
  Duration step() {
    return Duration.ofSeconds(Math.max(6, engineSpan.toSeconds() / 10));
  }

  /**
   * How long a worker thinks before accepting and works before completing while the engine is
   * measured: as long as the engine may lag, so that it has to be told every move.
   */
  Duration workerPause() {
    return Duration.ofSeconds(Math.clamp(engineSpan.toSeconds() / 20, 1, 5));
  }

  /** Before full speed is measured: the compilers of both JVMs have done their work by then. */
  Duration warmUp() {
    return Duration.ofSeconds(Math.clamp(span.toSeconds() / 3, 3, 20));
  }
}
