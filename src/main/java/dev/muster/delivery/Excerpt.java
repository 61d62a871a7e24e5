package dev.muster.delivery;

import org.jspecify.annotations.Nullable;

/** Cuts what others said to what can be stored. */
public final class Excerpt {

  private Excerpt() {}

  /**
   * The first characters of a text; PostgreSQL keeps no NUL, and no half of a character that is
   * written as two.
   */
  public static @Nullable String of(@Nullable String text, int longest) {
    if (text == null) {
      return null;
    }
    var cut = text.length() <= longest ? text : text.substring(0, longest);
    return cut.codePoints()
        .map(character -> isStorable(character) ? character : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isStorable(int character) {
    return character != 0
        && !(character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
  }
}
