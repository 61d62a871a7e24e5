package dev.muster.process;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One round after the other: note the replies, take what is untold, read where those tasks stand
 * now, send the commands.
 *
 * <p>A task is taken only when its last telling is over, so the tellings of one task keep their
 * order while many tasks go at once. Used by one thread; replies may come in on any. What the
 * engine made of them is counted in {@code muster.process.replies}, {@code busy} for backpressure.
 */
@Component
@WithEngine
class Telling {

  private static final Logger log = LoggerFactory.getLogger(Telling.class);

  private final Engine engine;
  private final Untold untold;
  private final Standings standings;
  private final Window window;
  private final Trouble trouble;
  private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
  private final MeterProvider<Counter> replies;
  private List<Answered> told = new ArrayList<>();

  Telling(
      Engine engine,
      Untold untold,
      Standings standings,
      ProcessSettings settings,
      Clock clock,
      MeterRegistry registry) {
    this.engine = engine;
    this.untold = untold;
    this.standings = standings;
    this.window = new Window(settings.maxInFlight());
    this.replies =
        Counter.builder("muster.process.replies")
            .description("what the engine made of what it was told")
            .withRegistry(registry);
    this.trouble = new Trouble(clock, untold::lag);
  }

  /**
   * @param answered called when a reply waits for the next round
   * @return how long the engine asks to be left alone; zero if it does not
   */
  Duration round(Runnable answered) {
    var pause = note();
    if (pause.isZero() && window.room() > 0) {
      send(untold.claim(window.room()), answered);
    }
    return pause;
  }

  /** Notes the replies that have come in. */
  Duration note() {
    var batch = new ArrayList<Answered>();
    answers.drainTo(batch);
    var back = new ArrayList<Claim>();
    var bereft = new ArrayList<Claim>();
    for (var answer : batch) {
      replies.withTag("reply", answer.reply().name().toLowerCase(Locale.ROOT)).increment();
      switch (answer.reply()) {
        case DONE -> {
          window.arrived();
          told.add(answer);
        }
        case BUSY -> {
          window.failed();
          back.add(answer.claim());
        }
        case UNKNOWN -> {
          window.failed();
          back.add(answer.claim().again());
        }
        case REFUSED, GONE -> refused(answer.standing());
        case ABSENT -> {
          window.arrived();
          bereft.add(answer.claim());
        }
      }
    }
    if (!told.isEmpty()) {
      told = new ArrayList<>(untold.told(told));
    }
    if (!bereft.isEmpty()) {
      untold.fallBack(bereft);
      untold.release(bereft);
    }
    return settle(batch, back);
  }

  /** Its claim is kept until the lease is over, so that it is not refused again at once. */
  private void refused(Standing standing) {
    window.failed();
    log.error(
        "the engine refuses what it is told about task {} at version {}",
        standing.task(),
        standing.version());
  }

  private Duration settle(List<Answered> batch, List<Claim> back) {
    if (back.isEmpty()) {
      if (!batch.isEmpty()) {
        trouble.over();
      }
      return Duration.ZERO;
    }
    untold.release(back);
    trouble.met(
        batch.stream()
            .map(Answered::reply)
            .filter(reply -> reply == Reply.BUSY || reply == Reply.UNKNOWN)
            .findFirst()
            .orElseThrow());
    return window.shrink();
  }

  private void send(List<Claim> claims, Runnable answered) {
    var present = standings.of(claims);
    for (int i = 0; i < claims.size(); i++) {
      var claim = claims.get(i);
      var standing = present.get(i);
      window.sent();
      engine
          .tell(claim, standing)
          .exceptionally(Reply::of)
          .thenAccept(
              reply -> {
                answers.add(new Answered(claim, standing, reply));
                answered.run();
              });
    }
  }

  Window window() {
    return window;
  }

  Trouble trouble() {
    return trouble;
  }
}
