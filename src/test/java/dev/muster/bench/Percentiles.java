package dev.muster.bench;

import java.util.Arrays;
import java.util.Locale;

/** Durations, collected by any number of threads, none of them rounded. */
final class Percentiles {

  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  synchronized int count() {
    return count;
  }

  /** The shortest duration in milliseconds that so many percent do not exceed; NaN without any. */
  synchronized double millis(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(nanos, 0, count);
    var rank = (int) Math.ceil(count * percent / 100) - 1;
    return nanos[Math.max(0, rank)] / 1e6;
  }

  /** As {@code 1.2 / 3.4 / 5.6 ms}, for 50, 95 and 99 percent. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f / %.1f / %.1f ms", millis(50), millis(95), millis(99));
  }
}
