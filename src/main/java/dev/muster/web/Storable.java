package dev.muster.web;

import java.nio.charset.StandardCharsets;

/** Text as PostgreSQL keeps it. */
public final class Storable {

  private Storable() {}

  /**
   * Lets pass any text but one with a NUL or half a character, which a list or path would never
   * match either.
   *
   * @throws Refused as invalid, about the value of this name
   */
  public static void require(String name, String text) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw Refused.invalid(
          "Expected %s to be Unicode text without NUL, but it holds a character that is none",
          name);
    }
  }
}
