package dev.muster.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what waits as soon as it is woken, and sweeps for what another node or an earlier start
 * left. Every node has one of each kind. Each piece of work has a virtual thread; how many there
 * are at once is bounded per lane and account.
 *
 * @param <W> what is taken at once and sent by one thread
 */
public abstract class Dispatching<W> implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatching.class);

  private static final Duration FAREWELL = Duration.ofSeconds(6);

  private final String name;
  private final Lanes lanes;
  private final Duration sweepEvery;
  private final Duration breath;
  private final BlockingQueue<Boolean> signal = new ArrayBlockingQueue<>(1);
  private final Thread.Builder threads;
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * Begins with {@link #start}.
   *
   * @param name of the threads
   * @param sweepEvery how long it sleeps at most
   * @param breath how long it waits after it took something, so that more comes together
   */
  protected Dispatching(String name, Lanes lanes, Duration sweepEvery, Duration breath) {
    this.name = name;
    this.lanes = lanes;
    this.sweepEvery = sweepEvery;
    this.breath = breath;
    this.threads = Thread.ofVirtual().name(name + "-", 1);
  }

  /** Takes what may be sent now, while so much is on its way. */
  protected abstract Batch<W> take(Map<Lane, Integer> busy);

  protected abstract Lane lane(W work);

  /** Sends it and writes down what came of it. */
  protected abstract void send(W work);

  /** Call it when there is something to send. */
  protected final void wake() {
    signal.offer(true);
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name(name + "-dispatcher").daemon().start(this::run);
  }

  private void run() {
    while (running) {
      try {
        var batch = take(lanes.busy());
        batch.work().forEach(this::begin);
        if (!batch.full()) {
          signal.poll(sweepEvery.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!batch.work().isEmpty()) {
          Thread.sleep(breath);
        }
      } catch (InterruptedException stopped) {
        running = false;
      } catch (RuntimeException failure) {
        if (running) {
          LOG.warn("What {} has to send waits for the next sweep: {}", name, failure.toString());
          rest();
        }
      }
    }
  }

  private void rest() {
    try {
      Thread.sleep(sweepEvery);
    } catch (InterruptedException stopped) {
      running = false;
    }
  }

  private void begin(W work) {
    lanes.enter(lane(work));
    threads.start(() -> sendAndLeave(work));
  }

  private void sendAndLeave(W work) {
    try {
      send(work);
    } catch (RuntimeException failure) {
      LOG.error("{} failed inside; it is sent again when its lease is over", work, failure);
    } finally {
      if (lanes.leave(lane(work))) {
        wake();
      }
    }
  }

  /** Takes nothing more, and waits for what is on its way, so that no node sends it again. */
  @Override
  public void stop() {
    running = false;
    var stopping = thread;
    if (stopping == null) {
      return;
    }
    stopping.interrupt();
    try {
      stopping.join(FAREWELL);
      var end = System.nanoTime() + FAREWELL.toNanos();
      while (!lanes.areEmpty() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
