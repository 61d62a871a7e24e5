package dev.muster.workflow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Identifies a BPMN process that tasks may follow. */
public record ProcessId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,254}");

  /**
   * The id that the text is.
   *
   * @throws IllegalArgumentException with what was expected if it is none
   */
  public static ProcessId of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the id of a BPMN process: at most 255 letters, digits, '_', '-' and '.', a letter or '_' first");
    }
    return new ProcessId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
