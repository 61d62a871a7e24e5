package dev.muster.web;

/**
 * The version that a caller expects a resource to have: from {@code If-Match: 3}, {@code "3"},
 * {@code W/"3"} or {@code *}.
 */
public sealed interface IfMatch {

  /** No header, or {@code *}: any version will do. */
  record Any() implements IfMatch {}

  record Version(int number) implements IfMatch {}

  /**
   * Refuses with 412 unless the resource has the expected version.
   *
   * @throws Refused as stale
   */
  default void check(int version) {
    switch (this) {
      case Any any -> {}
      case Version expected -> {
        if (expected.number != version) {
          throw new Refused(
              Refusal.STALE,
              "Expected version %d as If-Match says, but the resource is at version %d"
                  .formatted(expected.number, version));
        }
      }
    }
  }

  static IfMatch of(String header) {
    var text = header.strip();
    if (text.isEmpty() || text.equals("*")) {
      return new Any();
    }
    var digits = text.replaceFirst("^W/", "").replace("\"", "");
    try {
      return new Version(Integer.parseInt(digits));
    } catch (NumberFormatException notAVersion) {
      throw Refused.invalid(
          "Expected If-Match to be a version such as \"3\", but got '%s'", WireValue.brief(header));
    }
  }
}
