package dev.muster.workspace;

/** Whether the task that waits longest or shortest comes first, among tasks of equal priority. */
public enum QueueOrder {
  FIFO,
  LIFO
}
