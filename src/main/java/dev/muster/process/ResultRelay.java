package dev.muster.process;

import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells processes what became of the tasks that they handed to people. What could not be told is
 * tried again when its lease is over; what is told twice finds no job the second time.
 */
@Component
@WithEngine
class ResultRelay {

  private static final int AT_ONCE = 64;

  private final TaskResults results;
  private final Engine engine;
  private final AtomicInteger onTheirWay = new AtomicInteger();
  private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

  ResultRelay(TaskResults results, Engine engine) {
    this.results = results;
    this.engine = engine;
  }

  /** Notes what was told since the last round, and sends what is due without waiting for it. */
  @Scheduled(fixedDelayString = "${muster.process.results-every:500ms}")
  void round() {
    var known = new ArrayList<Long>();
    told.drainTo(known);
    if (!known.isEmpty()) {
      results.told(known);
    }
    var room = AT_ONCE - onTheirWay.get();
    if (room > 0) {
      results.claim(room).forEach(this::send);
    }
  }

  private void send(TaskResult result) {
    onTheirWay.incrementAndGet();
    engine
        .tell(result)
        .exceptionally(Reply::of)
        .thenAccept(
            reply -> {
              onTheirWay.decrementAndGet();
              switch (reply) {
                // What is gone is gone with its process, or because it was told before.
                case DONE, GONE -> told.add(result.job());
                case BUSY, UNKNOWN, REFUSED, ABSENT -> {}
              }
            });
  }
}
