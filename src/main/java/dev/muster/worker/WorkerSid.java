package dev.muster.worker;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a worker. */
public record WorkerSid(@JsonValue String value) {

  public static WorkerSid of(String text) {
    return new WorkerSid(Sid.require("WK", text));
  }

  static WorkerSid next() {
    return new WorkerSid(Sid.next("WK"));
  }

  @Override
  public String toString() {
    return value;
  }
}
