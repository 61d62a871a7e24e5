package dev.muster.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** Threads that do the same again and again for a while, as fast as they can. */
final class Crew {

  /** What was done, and how much of it failed. */
  record Tally(long done, long errors, Optional<RuntimeException> firstError, double seconds) {

    double perSecond() {
      return done / seconds;
    }
  }

  private final LongAdder done = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicReference<RuntimeException> firstError = new AtomicReference<>();

  private Crew() {}

  /** Returns when every thread has finished what it had begun before the time was over. */
  static Tally work(int threads, Duration span, IntFunction<Runnable> tasks) {
    return new Crew().run(threads, span, tasks);
  }

  private Tally run(int threads, Duration span, IntFunction<Runnable> tasks) {
    var began = System.nanoTime();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (var i = 0; i < threads; i++) {
        var task = tasks.apply(i);
        executor.execute(() -> repeat(task, began + span.toNanos()));
      }
    }
    var seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    return new Tally(done.sum(), errors.sum(), Optional.ofNullable(firstError.get()), seconds);
  }

  private void repeat(Runnable task, long until) {
    while (System.nanoTime() < until) {
      try {
        task.run();
        done.increment();
      } catch (RuntimeException e) {
        errors.increment();
        firstError.compareAndSet(null, e);
      }
    }
  }
}
