package dev.muster.callback;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What has become of a request. */
enum DeliveryStatus {
  /** It is on its way, or waits for those before it. */
  QUEUED,
  /** It was answered with 200, whatever the answer was worth. */
  DELIVERED,
  /** There was no such answer. */
  FAILED,
  /** The reservation was no longer pending when its turn came, so it was not sent. */
  DROPPED;

  static DeliveryStatus of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
