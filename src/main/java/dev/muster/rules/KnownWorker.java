package dev.muster.rules;

/** The one worker a target is for, named by an attribute of the task. */
public sealed interface KnownWorker {

  /** Where the task names the worker; starts with {@code task}. */
  Path reference();

  /** Named by sid. */
  record BySid(Path reference) implements KnownWorker {}

  /** Named by friendly name. */
  record ByFriendlyName(Path reference) implements KnownWorker {}
}
