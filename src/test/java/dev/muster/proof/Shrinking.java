package dev.muster.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a sequence short that shows something. */
final class Shrinking {

  private Shrinking() {}

  /**
   * Leaves out more and more, first large parts and then single items, as long as it still shows.
   *
   * @param tries how often to ask at most
   */
  static <T> List<T> of(List<T> all, Predicate<List<T>> shows, int tries) {
    var shortest = all;
    var left = tries;
    for (var part = all.size() / 2; part > 0 && left > 0; part /= 2) {
      var from = 0;
      while (from < shortest.size() && left-- > 0) {
        var rest = without(shortest, from, Math.min(from + part, shortest.size()));
        if (shows.test(rest)) {
          shortest = rest;
        } else {
          from += part;
        }
      }
    }
    return shortest;
  }

  private static <T> List<T> without(List<T> all, int from, int to) {
    var rest = new ArrayList<>(all.subList(0, from));
    rest.addAll(all.subList(to, all.size()));
    return rest;
  }
}
