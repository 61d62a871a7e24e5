package dev.muster.proof;

import java.util.regex.Pattern;

/** What the attributes of the proof's workers say. */
record Talent(String language, int level) {

  private static final Pattern TEXT = Pattern.compile("\\{\"language\":\"(..)\",\"level\":(\\d)}");

  static Talent of(String attributes) {
    var match = TEXT.matcher(attributes);
    if (!match.matches()) {
      throw new IllegalArgumentException("Expected a worker's attributes, but got " + attributes);
    }
    return new Talent(match.group(1), Integer.parseInt(match.group(2)));
  }

  String attributes() {
    return "{\"language\":\"%s\",\"level\":%d}".formatted(language, level);
  }

  /** Whether a queue with these {@code target_workers} has such a worker as a member. */
  boolean satisfies(String targetWorkers) {
    return switch (targetWorkers) {
      case "1==1" -> true;
      case "language == 'es'" -> language.equals("es");
      case "level > 1" -> level > 1;
      case "" -> false;
      default -> throw new IllegalArgumentException(targetWorkers);
    };
  }
}
