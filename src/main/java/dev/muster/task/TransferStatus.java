package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What has come of a transfer. */
public enum TransferStatus {
  INITIATED,
  COMPLETE,
  FAILED,
  CANCELED;

  static TransferStatus of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
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
