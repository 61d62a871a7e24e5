package dev.muster.rules;

import org.jspecify.annotations.Nullable;

/**
 * A rule of the operator, applied after a tenant's instruction has decided.
 *
 * @param name says in answers and logs what fired
 * @param when over {@code task.…} (attributes, {@code task.queue}, {@code task.priority}), {@code
 *     account.sid} and {@code workspace.sid}
 */
public record Policy(String name, @Nullable String description, Expression when, Effect effect) {

  /** What a policy does to a step. */
  public sealed interface Effect {

    /** The task's priority is at most this. */
    record Ceiling(int priority) implements Effect {}

    /**
     * No task enters the queue: it goes to the other queue, or if there is none its step is skipped
     * as if its time were over.
     */
    record CloseQueue(String queue, @Nullable String instead) implements Effect {}
  }
}
