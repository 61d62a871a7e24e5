package dev.muster.task;

/** Whether the worker who hands a task on stays with it until the next one takes it. */
public enum TransferMode {
  /** The worker has left and may already write up. */
  COLD,
  /** The worker stays, and may still end the task. */
  WARM
}
