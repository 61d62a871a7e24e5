package dev.muster.proof;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Something did not hold that always has to. */
final class Violation extends AssertionError {

  private static final long serialVersionUID = 1L;

  Violation(String what) {
    super(what);
  }

  static void unless(boolean holds, String what, Object... about) {
    if (!holds) {
      throw new Violation(
          what + Arrays.stream(about).map(each -> "\n    " + each).collect(Collectors.joining()));
    }
  }
}
