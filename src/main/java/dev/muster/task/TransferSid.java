package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a transfer. */
public record TransferSid(@JsonValue String value) {

  public static TransferSid of(String text) {
    return new TransferSid(Sid.require("TT", text));
  }

  static TransferSid next() {
    return new TransferSid(Sid.next("TT"));
  }

  @Override
  public String toString() {
    return value;
  }
}
