package dev.muster.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Answers that carry the version of a resource as its ETag. */
public final class Answers {

  private Answers() {}

  public static <T> ResponseEntity<T> created(T body, int version) {
    return ResponseEntity.status(HttpStatus.CREATED).eTag(tag(version)).body(body);
  }

  public static <T> ResponseEntity<T> created(T body) {
    return ResponseEntity.status(HttpStatus.CREATED).body(body);
  }

  public static <T> ResponseEntity<T> ok(T body, int version) {
    return ResponseEntity.ok().eTag(tag(version)).body(body);
  }

  /**
   * Answers one page of a list of versioned items under {@code key}. A list has no version itself:
   * its tag, which is weak, changes with every item of the page and with the page's neighbours.
   */
  public static <T extends Versioned> ResponseEntity<Map<String, Object>> list(
      String key, Page<T> page, Function<T, ?> body, BaseUrl base) {
    return ResponseEntity.ok().eTag(tag(page)).body(PageBody.of(key, page.map(body), base));
  }

  private static String tag(Page<? extends Versioned> page) {
    var versions =
        page.items().stream()
            .map(item -> item.sid() + ":" + item.version())
            .collect(Collectors.joining(" ", page.firstSid() + " ", " " + page.lastSid()));
    return "W/\"%s\"".formatted(UUID.nameUUIDFromBytes(versions.getBytes(StandardCharsets.UTF_8)));
  }

  private static String tag(int version) {
    return "\"" + version + "\"";
  }
}
