package dev.muster.rules;

/** Where an instruction sends a task. */
public sealed interface Decision {

  /** To the targets of this filter, counted from 0. */
  record Matched(int filter) implements Decision {}

  /** No filter holds; to the default filter. */
  record Default() implements Decision {}

  /** No filter holds, and nothing else takes the task. */
  record Nothing() implements Decision {}
}
