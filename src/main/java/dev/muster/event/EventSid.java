package dev.muster.event;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies an event. */
public record EventSid(@JsonValue String value) {

  public static EventSid of(String text) {
    return new EventSid(Sid.require("EV", text));
  }

  @Override
  public String toString() {
    return value;
  }
}
