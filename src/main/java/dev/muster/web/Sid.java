package dev.muster.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * String identifiers on the wire: two letters and 32 hexadecimal digits.
 *
 * <p>The digits grow with time (48 bits of milliseconds, 16 bits of a counter that a node never
 * turns back, 64 random bits), so that order by sid is order of creation and new rows land at the
 * end of their index.
 */
public final class Sid {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong LAST = new AtomicLong();

  private Sid() {}

  /**
   * A new sid with the given two-letter prefix, greater than every other that this node made
   * before.
   */
  public static String next(String prefix) {
    var present = System.currentTimeMillis() << 16;
    var stamp = LAST.updateAndGet(last -> Math.max(last + 1, present));
    var hex = HexFormat.of();
    return prefix + hex.toHexDigits(stamp) + hex.toHexDigits(RANDOM.nextLong());
  }

  /**
   * The text, if it is a sid with the prefix.
   *
   * @throws IllegalArgumentException with a sentence for the caller if it is not
   */
  public static String require(String prefix, String text) {
    if (!is(prefix, text)) {
      throw new IllegalArgumentException(
          "a SID of the form %s followed by 32 hexadecimal digits".formatted(prefix));
    }
    return text;
  }

  public static boolean is(String prefix, String text) {
    return text.length() == 34
        && text.startsWith(prefix)
        && text.chars().skip(2).allMatch(HexFormat::isHexDigit);
  }
}
