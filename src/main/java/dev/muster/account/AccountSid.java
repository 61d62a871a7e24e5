package dev.muster.account;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies an account. */
public record AccountSid(@JsonValue String value) {

  public static AccountSid of(String text) {
    return new AccountSid(Sid.require("AC", text));
  }

  static AccountSid next() {
    return new AccountSid(Sid.next("AC"));
  }

  @Override
  public String toString() {
    return value;
  }
}
