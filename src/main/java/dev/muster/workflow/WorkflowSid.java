package dev.muster.workflow;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.web.Sid;

/** Identifies a workflow. */
public record WorkflowSid(@JsonValue String value) {

  public static WorkflowSid of(String text) {
    return new WorkflowSid(Sid.require("WW", text));
  }

  static WorkflowSid next() {
    return new WorkflowSid(Sid.next("WW"));
  }

  @Override
  public String toString() {
    return value;
  }
}
