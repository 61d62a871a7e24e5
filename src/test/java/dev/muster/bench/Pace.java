package dev.muster.bench;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Begins something at a steady rate, however long it takes. */
public final class Pace implements AutoCloseable {

  private static final long IDLE_NANOS = 10_000_000;

  private final Runnable task;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread starter = Thread.ofPlatform().name("pace").unstarted(this::begin);
  private final LongAdder finished = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicReference<Throwable> firstError = new AtomicReference<>();
  private volatile double perSecond;
  private volatile boolean closed;

  public Pace(Runnable task) {
    this.task = task;
    starter.start();
  }

  /** From now on; zero begins nothing more. */
  public void rate(double perSecond) {
    this.perSecond = perSecond;
  }

  long finished() {
    return finished.sum();
  }

  long errors() {
    return errors.sum();
  }

  Optional<Throwable> firstError() {
    return Optional.ofNullable(firstError.get());
  }

  private void begin() {
    var due = System.nanoTime();
    while (!closed) {
      var present = perSecond;
      if (present <= 0) {
        LockSupport.parkNanos(IDLE_NANOS);
        due = System.nanoTime();
        continue;
      }
      due += (long) (1e9 / present);
      LockSupport.parkNanos(due - System.nanoTime());
      executor.execute(this::once);
    }
  }

  private void once() {
    try {
      task.run();
      finished.increment();
    } catch (RuntimeException e) {
      errors.increment();
      firstError.compareAndSet(null, e);
    }
  }

  /** Waits for what has begun. */
  @Override
  public void close() {
    closed = true;
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.close();
  }
}
