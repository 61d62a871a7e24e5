package dev.muster.task;

/**
 * A task came to the end of being offered or worked on, by a call on the task itself; what is still
 * open of its reservations follows. Published inside the transaction of the change, with the task
 * as it is afterwards.
 *
 * @param what {@code CANCELED}, {@code WRAPPING}, {@code COMPLETED} or {@code DELETED}
 */
public record TaskChanged(Task task, What what) {

  public enum What {
    CANCELED,
    WRAPPING,
    COMPLETED,
    DELETED
  }
}
