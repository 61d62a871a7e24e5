package dev.muster.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that runs like any other until a test moves or stops it. It ticks in microseconds, as
 * PostgreSQL does, so that an instant written is the instant read.
 */
public final class SettableClock extends Clock {

  /** A clock of the world or one that stands still, and how far this one is ahead of it. */
  private record Time(Clock source, Duration ahead) {

    static final Time OF_THE_WORLD = new Time(Clock.systemUTC(), Duration.ZERO);

    Instant instant() {
      return source.instant().plus(ahead);
    }
  }

  private final AtomicReference<Time> time = new AtomicReference<>(Time.OF_THE_WORLD);

  /** Jumps forward; a stopped clock stays stopped. */
  public void advance(Duration step) {
    time.updateAndGet(present -> new Time(present.source, present.ahead.plus(step)));
  }

  /** Stops at that instant. */
  public void stopAt(Instant instant) {
    time.set(new Time(Clock.fixed(instant, ZoneOffset.UTC), Duration.ZERO));
  }

  /** Stops now. */
  public void stop() {
    stopAt(instant());
  }

  /** Runs again, with the rest of the world. */
  public void reset() {
    time.set(Time.OF_THE_WORLD);
  }

  @Override
  public Instant instant() {
    return time.get().instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Muster reckons in UTC alone, so there is no other zone to be had. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
