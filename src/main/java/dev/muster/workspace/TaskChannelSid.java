package dev.muster.workspace;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a task channel. */
public record TaskChannelSid(@JsonValue String value) {

  public static TaskChannelSid of(String text) {
    return new TaskChannelSid(Sid.require("TC", text));
  }

  static TaskChannelSid next() {
    return new TaskChannelSid(Sid.next("TC"));
  }

  @Override
  public String toString() {
    return value;
  }
}
