package dev.muster.web;

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

  private static String tag(int version) {
    return "\"" + version + "\"";
  }
}
