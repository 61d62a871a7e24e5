package dev.muster.account;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies an API key. */
public record KeySid(@JsonValue String value) {

  public static KeySid of(String text) {
    return new KeySid(Sid.require("SK", text));
  }

  static KeySid next() {
    return new KeySid(Sid.next("SK"));
  }

  @Override
  public String toString() {
    return value;
  }
}
