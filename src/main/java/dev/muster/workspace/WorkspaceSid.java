package dev.muster.workspace;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a workspace. */
public record WorkspaceSid(@JsonValue String value) {

  public static WorkspaceSid of(String text) {
    return new WorkspaceSid(Sid.require("WS", text));
  }

  static WorkspaceSid next() {
    return new WorkspaceSid(Sid.next("WS"));
  }

  @Override
  public String toString() {
    return value;
  }
}
