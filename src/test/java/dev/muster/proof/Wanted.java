package dev.muster.proof;

import java.util.regex.Pattern;

/**
 * What the attributes of the proof's tasks say.
 *
 * @param kind decides which filters match
 * @param who the worker whom a step for known workers asks for
 */
record Wanted(String kind, int level, String who) {

  private static final Pattern TEXT =
      Pattern.compile("\\{\"kind\":\"(.)\",\"level\":(\\d),\"who\":\"(.*)\"}");

  static Wanted of(String attributes) {
    var match = TEXT.matcher(attributes);
    if (!match.matches()) {
      throw new IllegalArgumentException("Expected a task's attributes, but got " + attributes);
    }
    return new Wanted(match.group(1), Integer.parseInt(match.group(2)), match.group(3));
  }

  String attributes() {
    return "{\"kind\":\"%s\",\"level\":%d,\"who\":\"%s\"}".formatted(kind, level, who);
  }
}
