package dev.muster.process;

import dev.muster.task.TasksMoved;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps telling the engine where tasks stand, soon after every move. Every node has one.
 *
 * <p>Starts by deploying the model and goes on trying while the engine is away; nothing waits for
 * it.
 */
@Component
@WithEngine
class Relay implements SmartLifecycle {

  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Deployment deployment;
  private final Telling telling;
  private final Untold untold;
  private final ProcessSettings settings;
  private final BlockingQueue<Boolean> signal = new ArrayBlockingQueue<>(1);
  private volatile boolean running;
  private @Nullable Thread thread;

  Relay(Deployment deployment, Telling telling, Untold untold, ProcessSettings settings) {
    this.deployment = deployment;
    this.telling = telling;
    this.untold = untold;
    this.settings = settings;
  }

  /** Says that there may be something to do. */
  void wake() {
    signal.offer(true);
  }

  @TransactionalEventListener(fallbackExecution = true)
  void wakeAfter(TasksMoved event) {
    wake();
  }

  /** How long the task that has waited longest for its telling has waited. */
  Duration lag() {
    return untold.lag();
  }

  /** How many commands the engine lets be on their way at once, as far as is known. */
  Window window() {
    return telling.window();
  }

  /** Whether the last tellings failed. */
  boolean inTrouble() {
    return telling.trouble().present();
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("process-relay").daemon().start(this::run);
  }

  private void run() {
    var deployed = false;
    while (running) {
      try {
        if (!deployed) {
          deployment.deploy();
          deployed = true;
          telling.trouble().over();
        }
        rest(telling.round(this::wake));
      } catch (InterruptedException stopped) {
        break;
      } catch (RuntimeException failure) {
        telling.trouble().met(failure);
        signal.offer(true);
        pause(REST_AFTER_FAILURE);
      }
    }
    sayFarewell();
  }

  private void rest(Duration asked) throws InterruptedException {
    if (asked.isPositive()) {
      Thread.sleep(asked);
    } else {
      signal.poll(settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
      Thread.sleep(settings.linger());
    }
  }

  private void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException stopped) {
      running = false;
    }
  }

  /** What is on its way is waited for, so that the next node need not tell it again. */
  private void sayFarewell() {
    var end = System.nanoTime() + FAREWELL.toNanos();
    try {
      telling.note();
      while (telling.window().inFlight() > 0 && System.nanoTime() < end) {
        signal.poll(100, TimeUnit.MILLISECONDS);
        telling.note();
      }
    } catch (InterruptedException | RuntimeException leaseRunsOut) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    var stopping = thread;
    if (stopping == null) {
      return;
    }
    stopping.interrupt();
    try {
      stopping.join(FAREWELL.plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
