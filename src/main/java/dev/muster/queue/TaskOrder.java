package dev.muster.queue;

/** Which task of a queue comes first. */
public enum TaskOrder {
  /** The one of the highest priority, then the one that waits longest. */
  FIFO,
  /** The one that came last, whatever its priority. */
  LIFO
}
