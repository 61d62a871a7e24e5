package dev.muster.workspace;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies an activity. */
public record ActivitySid(@JsonValue String value) {

  public static ActivitySid of(String text) {
    return new ActivitySid(Sid.require("WA", text));
  }

  static ActivitySid next() {
    return new ActivitySid(Sid.next("WA"));
  }

  @Override
  public String toString() {
    return value;
  }
}
