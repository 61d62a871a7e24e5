package dev.muster.account;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether an account may make requests. Only active ones may; closed is for good. */
public enum AccountStatus {
  ACTIVE,
  SUSPENDED,
  CLOSED;

  static AccountStatus ofColumn(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
