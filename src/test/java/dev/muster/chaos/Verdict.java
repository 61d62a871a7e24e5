package dev.muster.chaos;

import java.util.List;

/**
 * Whether one promise was kept.
 *
 * @param checked how many cases there were
 * @param broken the cases in which it was not
 */
record Verdict(String promise, long checked, List<String> broken) {

  @Override
  public String toString() {
    return broken.isEmpty()
        ? "kept (%,d checked): %s".formatted(checked, promise)
        : "BROKEN in %,d of %,d: %s, first %s"
            .formatted(
                broken.size(), checked, promise, broken.subList(0, Math.min(3, broken.size())));
  }
}
