package dev.muster.reservation;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a reservation. */
public record ReservationSid(@JsonValue String value) {

  public static ReservationSid of(String text) {
    return new ReservationSid(Sid.require("WR", text));
  }

  static ReservationSid next() {
    return new ReservationSid(Sid.next("WR"));
  }

  @Override
  public String toString() {
    return value;
  }
}
