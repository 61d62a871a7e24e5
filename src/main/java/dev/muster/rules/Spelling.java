package dev.muster.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what somebody meant to write. */
final class Spelling {

  private static final int LONGEST = 200;

  private Spelling() {}

  /**
   * The word that takes the fewest letters to be changed, left out, put in or swapped with the next
   * one; at most one in three.
   */
  static Optional<String> nearest(String word, Collection<String> known) {
    int most = Math.clamp(word.length() / 3, 1, 4);
    return known.stream()
        .filter(other -> Math.abs(other.length() - word.length()) <= most)
        .filter(other -> !other.equals(word) && distance(word, other) <= most)
        .min(
            Comparator.comparingInt((String other) -> distance(word, other))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String a, String b) {
    if (a.length() > LONGEST || b.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, rows);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] rows) {
    boolean same = lower(a, i - 1) == lower(b, j - 1);
    int cost = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
    cost = Math.min(cost, rows[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && lower(a, i - 1) == lower(b, j - 2) && lower(a, i - 2) == lower(b, j - 1);
    return swapped ? Math.min(cost, rows[i - 2][j - 2] + 1) : cost;
  }

  private static char lower(String word, int at) {
    return Character.toLowerCase(word.charAt(at));
  }
}
