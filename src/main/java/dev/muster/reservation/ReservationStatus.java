package dev.muster.reservation;

import com.fasterxml.jackson.annotation.JsonValue;
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
  static ReservationStatus of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether it holds a unit of its worker's capacity. */
  boolean isOpen() {
    return this == PENDING || this == ACCEPTED || this == WRAPPING;
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
