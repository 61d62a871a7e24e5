package dev.muster.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a delivery. */
public record DeliverySid(@JsonValue String value) {

  public static DeliverySid of(String text) {
    return new DeliverySid(Sid.require("DL", text));
  }

  public static DeliverySid next() {
    return new DeliverySid(Sid.next("DL"));
  }

  @Override
  public String toString() {
    return value;
  }
}
