package dev.muster.process;

import java.time.Duration;

/**
 * How many commands may be on their way at once: one more for each full window that got through,
 * half as many when the engine asks for patience, and then none for a while. Written by one thread,
 * read by any.
 */
final class Window {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final int most;
  private volatile double size;
  private volatile int inFlight;
  private Duration pause = FIRST_PAUSE;

  Window(int most) {
    this.most = most;
    this.size = Math.min(most, 16);
  }

  int room() {
    return Math.max(0, (int) size - inFlight);
  }

  int size() {
    return (int) size;
  }

  int inFlight() {
    return inFlight;
  }

  void sent() {
    inFlight++;
  }

  void arrived() {
    inFlight--;
    size = Math.min(most, size + 1 / size);
    pause = FIRST_PAUSE;
  }

  void failed() {
    inFlight--;
  }

  /** Once for each batch of replies with failures; returns how long to send nothing. */
  Duration shrink() {
    size = Math.max(1, size / 2);
    var present = pause;
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    return present;
  }
}
