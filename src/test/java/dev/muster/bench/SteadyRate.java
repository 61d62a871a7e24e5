package dev.muster.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks for the highest rate that an engine keeps up with: raises the rate in steps until the lag
 * says no, then holds the last good one for the whole span, and a lower one if that was too much.
 */
final class SteadyRate {

  /**
   * @param perSecond lifecycles begun
   * @param finishedPerSecond lifecycles that ended, in the second half of the span
   * @param worst the longest lag, once the rate had settled
   * @param growth how much longer the lag was on average in the last third than in the third before
   */
  record Held(
      double perSecond,
      double finishedPerSecond,
      Duration average,
      Duration worst,
      Duration growth,
      long errors,
      String cpu) {

    boolean keptUp() {
      return errors == 0
          && worst.compareTo(BOUND) < 0
          && growth.compareTo(GROWTH) < 0
          && finishedPerSecond > 0.9 * perSecond;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f/s begun, %.0f/s ended, lag %d ms on average, %d ms at worst, %+d ms in the last third, %d errors",
          perSecond,
          finishedPerSecond,
          average.toMillis(),
          worst.toMillis(),
          growth.toMillis(),
          errors);
    }
  }

  static final Duration BOUND = Duration.ofSeconds(5);
  private static final Duration GROWTH = Duration.ofSeconds(1);
  private static final Duration DRAINED = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long SAMPLE_NANOS = 500_000_000;
  private static final int WARM_UP_STEPS = 2;
  private static final double FIRST = 20;
  private static final double FASTER = 1.25;
  private static final double SLOWER = 0.9;

  private final Pace pace;
  private final Supplier<Duration> lag;
  private final CpuUse processors;
  private final Consumer<String> progress;

  SteadyRate(Pace pace, Supplier<Duration> lag, CpuUse processors, Consumer<String> progress) {
    this.pace = pace;
    this.lag = lag;
    this.processors = processors;
    this.progress = progress;
  }

  Held find(Duration step, Duration span) {
    hold(FIRST, step.multipliedBy(WARM_UP_STEPS));
    var rate = FIRST;
    while (triedTwice(rate * FASTER, step)) {
      rate *= FASTER;
    }
    var held = hold(drained(rate), span);
    while (!held.keptUp() && rate > 1) {
      rate *= SLOWER;
      held = hold(drained(rate), span);
    }
    pace.rate(0);
    return held;
  }

  /**
   * Whether it kept up; a stumble is forgiven once, since a shared machine is not steady itself.
   */
  private boolean triedTwice(double rate, Duration step) {
    return hold(rate, step).keptUp() || hold(drained(rate), step).keptUp();
  }

  /** The same rate, once what is behind has been caught up with. */
  private double drained(double rate) {
    pace.rate(0);
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (lag.get().compareTo(DRAINED) > 0 && System.nanoTime() < until) {
      LockSupport.parkNanos(SAMPLE_NANOS);
    }
    return rate;
  }

  private Held hold(double rate, Duration span) {
    pace.rate(rate);
    var samples = new ArrayList<Duration>();
    var errors = pace.errors();
    var began = System.nanoTime();
    var middle = began + span.toNanos() / 2;
    var halfway = 0L;
    var finishedHalfway = 0L;
    processors.begin();
    while (System.nanoTime() - began < span.toNanos()) {
      LockSupport.parkNanos(SAMPLE_NANOS);
      if (halfway == 0 && System.nanoTime() >= middle) {
        halfway = System.nanoTime();
        finishedHalfway = pace.finished();
      }
      samples.add(lag.get());
    }
    var finished = (pace.finished() - finishedHalfway) * 1e9 / (System.nanoTime() - halfway);
    var held = held(rate, finished, samples, pace.errors() - errors, processors.end());
    progress.accept(held + "; CPU " + held.cpu());
    return held;
  }

  private static Held held(
      double rate, double finished, List<Duration> samples, long errors, String cpu) {
    var third = samples.size() / 3;
    var settled = samples.subList(third, samples.size());
    var middle = average(samples.subList(third, 2 * third));
    var last = average(samples.subList(2 * third, samples.size()));
    var worst = settled.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    return new Held(rate, finished, average(settled), worst, last.minus(middle), errors, cpu);
  }

  private static Duration average(List<Duration> samples) {
    return samples.stream()
        .reduce(Duration.ZERO, Duration::plus)
        .dividedBy(Math.max(1, samples.size()));
  }
}
