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

  private final AtomicReference<Clock> time = new AtomicReference<>(Clock.systemUTC());

  /** Jumps forward; a stopped clock stays stopped. */
  public void advance(Duration step) {
    time.updateAndGet(clock -> Clock.offset(clock, step));
  }

  /** Stops at that instant. */
  public void stopAt(Instant instant) {
    time.set(Clock.fixed(instant, ZoneOffset.UTC));
  }

  /** Stops now. */
  public void stop() {
    stopAt(instant());
  }

  /** Runs again, with the rest of the world. */
  public void reset() {
    time.set(Clock.systemUTC());
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
