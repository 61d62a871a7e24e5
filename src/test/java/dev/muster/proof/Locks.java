package dev.muster.proof;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What waits for locks in a test's database, so that a test can bring a conflict about in order.
 */
record Locks(JdbcClient jdbc) {

  private static final String WAITING =
      "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted";

  /** Starts something on a thread of its own; returns once it is done or waits for a lock. */
  <T> Future<T> start(Callable<T> act) {
    var before = waiting();
    var started = new FutureTask<>(act);
    Thread.ofPlatform().start(started);
    await(() -> started.isDone() || waiting() > before);
    return started;
  }

  /** Returns once one more waits than before the act. */
  void awaitAnother(Runnable act) {
    var before = waiting();
    act.run();
    await(() -> waiting() > before);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await("somebody to wait for a lock")
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(15))
        .until(condition);
  }

  private int waiting() {
    return jdbc.sql(WAITING).query(Integer.class).single();
  }
}
