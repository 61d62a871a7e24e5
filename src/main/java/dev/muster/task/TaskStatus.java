package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a task is in its life. */
public enum TaskStatus {
  PENDING,
  RESERVED,
  ASSIGNED,
  WRAPPING,
  COMPLETED,
  CANCELED;

  /** The status with this name on the wire. */
  static TaskStatus of(String name) {
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

  /** Not yet answered: may be offered, rerouted and canceled. */
  public boolean waits() {
    return this == PENDING || this == RESERVED;
  }

  public boolean ended() {
    return this == COMPLETED || this == CANCELED;
  }
}
