package dev.muster.reservation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Where a reservation is in its life. */
public enum ReservationStatus {
  PENDING,
  ACCEPTED,
  REJECTED,
  TIMEOUT,
  CANCELED,
  RESCINDED,
  WRAPPING,
  COMPLETED;

  /** The status with this name on the wire. */
  public static ReservationStatus of(String name) {
    return Arrays.stream(values())
        .filter(status -> status.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of " + Arrays.stream(values()).map(ReservationStatus::wireName).toList()));
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
