package dev.muster.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What has become of telling an event. */
enum EventDeliveryStatus {
  /** It is on its way, waits for those before it, or for the next attempt. */
  QUEUED,
  /** It was answered with 200 to 299. */
  DELIVERED,
  /** It was tried for so long in vain that it is not tried any more, unless it is replayed. */
  PARKED,
  /** The workspace had taken its address away when its turn came. */
  DROPPED;

  static EventDeliveryStatus of(String name) {
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
