package dev.muster.web;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted. Pages are found by their neighbour, never by counting: a token is
 * {@code PA} and the sid of the last item before the page, or {@code PB} and the sid of the first
 * item after it.
 *
 * @param size items per page, 1 to 1,000
 * @param number the number that the caller counts with; it is only shown again
 * @param after the sid that the page comes after
 * @param before the sid that the page comes before
 */
public record PageRequest(int size, int number, @Nullable String after, @Nullable String before) {

  static final int DEFAULT_SIZE = 50;
  static final int MAX_SIZE = 1000;

  /**
   * The page that a caller asks for with these parameters.
   *
   * @throws Refused as invalid if one of them is none
   */
  public static PageRequest of(
      @Nullable String size, @Nullable String number, @Nullable String token) {
    var page = number == null || number.isBlank() ? 0 : whole("Page", number, 0, Integer.MAX_VALUE);
    var items =
        size == null || size.isBlank() ? DEFAULT_SIZE : whole("PageSize", size, 1, MAX_SIZE);
    if (token == null || token.isBlank()) {
      if (page > 0) {
        throw new Refused(
            Refusal.ABSOLUTE_PAGING,
            "Expected a PageToken to go to page %d, but none came: pages are reached by next_page_url"
                .formatted(page));
      }
      return new PageRequest(items, 0, null, null);
    }
    var sid = token.length() > 2 ? token.substring(2) : "";
    if (sid.length() != 34 || !Sid.is(sid.substring(0, 2), sid)) {
      throw badToken(token);
    }
    return switch (token.substring(0, 2)) {
      case "PA" -> new PageRequest(items, page, sid, null);
      case "PB" -> new PageRequest(items, page, null, sid);
      default -> throw badToken(token);
    };
  }

  /** The request for what comes after that item, in the direction of this request. */
  PageRequest beyond(String sid) {
    return backwards()
        ? new PageRequest(size, number, null, sid)
        : new PageRequest(size, number, sid, null);
  }

  boolean backwards() {
    return before != null;
  }

  private static Refused badToken(String token) {
    return Refused.invalid(
        "Expected PageToken to be one that a page's next_page_url or previous_page_url carries, but got '%s'",
        WireValue.brief(token));
  }

  private static int whole(String name, String text, int min, int max) {
    try {
      var value = Integer.parseInt(text.strip());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // refused below in the same words
    }
    throw Refused.invalid(
        "Expected %s to be a whole number from %d to %d, but got '%s'",
        name, min, max, WireValue.brief(text));
  }
}
