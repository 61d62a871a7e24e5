package dev.muster.worker;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a worker's channel. */
public record WorkerChannelSid(@JsonValue String value) {

  public static WorkerChannelSid of(String text) {
    return new WorkerChannelSid(Sid.require("WC", text));
  }

  static WorkerChannelSid next() {
    return new WorkerChannelSid(Sid.next("WC"));
  }

  @Override
  public String toString() {
    return value;
  }
}
