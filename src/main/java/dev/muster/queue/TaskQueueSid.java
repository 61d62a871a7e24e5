package dev.muster.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a task queue. */
public record TaskQueueSid(@JsonValue String value) {

  public static TaskQueueSid of(String text) {
    return new TaskQueueSid(Sid.require("WQ", text));
  }

  static TaskQueueSid next() {
    return new TaskQueueSid(Sid.next("WQ"));
  }

  @Override
  public String toString() {
    return value;
  }
}
