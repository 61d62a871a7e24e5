package dev.muster.callback;

import dev.muster.reservation.ReservationsOffered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Sends callbacks right after the commit of their offers, and sweeps for those that another node or
 * an earlier start left. Every node has one. Each delivery has a virtual thread; how many there are
 * at once is bounded per target and account.
 */
@Component
class Dispatcher implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration FAREWELL = Duration.ofSeconds(6);

  private final Claims claims;
  private final Announcements announcements;
  private final Delivering delivering;
  private final CallbackSettings settings;
  private final Lanes lanes;
  private final BlockingQueue<Boolean> signal = new ArrayBlockingQueue<>(1);
  private final Thread.Builder threads = Thread.ofVirtual().name("callback-", 1);
  private volatile boolean running;
  private @Nullable Thread thread;

  Dispatcher(
      Claims claims,
      Announcements announcements,
      Delivering delivering,
      CallbackSettings settings) {
    this.claims = claims;
    this.announcements = announcements;
    this.delivering = delivering;
    this.settings = settings;
    this.lanes = new Lanes(settings);
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(ReservationsOffered offered) {
    wake();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(FallbackQueued queued) {
    wake();
  }

  private void wake() {
    signal.offer(true);
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("callback-dispatcher").daemon().start(this::run);
  }

  private void run() {
    while (running) {
      try {
        if (send() < Claims.MOST) {
          signal.poll(settings.sweepEvery().toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException stopped) {
        running = false;
      } catch (RuntimeException failure) {
        if (running) {
          LOG.warn("Callbacks wait for the next sweep: {}", failure.toString());
          rest();
        }
      }
    }
  }

  private void rest() {
    try {
      Thread.sleep(settings.sweepEvery());
    } catch (InterruptedException stopped) {
      running = false;
    }
  }

  /** Starts what may be sent now; how many deliveries that were. */
  private int send() {
    var taken = claims.take(lanes.busy());
    if (taken.isEmpty()) {
      return 0;
    }
    var announced = announcements.of(taken);
    var settled = new ArrayList<Claim>();
    for (var claim : taken) {
      var announcement = announced.get(claim.sid());
      if (announcement == null) {
        settled.add(claim);
      } else {
        lanes.enter(claim.lane());
        threads.start(() -> deliver(claim, announcement));
      }
    }
    if (!settled.isEmpty()) {
      claims.drop(settled);
    }
    return taken.size();
  }

  private void deliver(Claim claim, Announcement announcement) {
    try {
      delivering.deliver(claim, announcement);
    } catch (RuntimeException failure) {
      LOG.error(
          "Callback {} failed inside; it is sent again after {}",
          claim.sid(),
          settings.lease(),
          failure);
    } finally {
      if (lanes.leave(claim.lane())) {
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
