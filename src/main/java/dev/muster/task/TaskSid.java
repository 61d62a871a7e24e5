package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a task. */
public record TaskSid(@JsonValue String value) {

  public static TaskSid of(String text) {
    return new TaskSid(Sid.require("WT", text));
  }

  static TaskSid next() {
    return new TaskSid(Sid.next("WT"));
  }

  @Override
  public String toString() {
    return value;
  }
}
