package dev.muster.rules;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A task about to enter a step, as policies see it.
 *
 * @param queue of the step
 * @param priority that the task has from here on, if no policy minds
 * @param mayRedirectTo whether a queue is one that this task may be sent to instead; says no to
 *     queues of other workspaces
 */
public record Entry(
    String accountSid,
    String workspaceSid,
    Attributes task,
    String queue,
    int priority,
    Predicate<String> mayRedirectTo)
    implements Scope {

  Entry in(String otherQueue) {
    return new Entry(accountSid, workspaceSid, task, otherQueue, priority, mayRedirectTo);
  }

  Entry with(int otherPriority) {
    return new Entry(accountSid, workspaceSid, task, queue, otherPriority, mayRedirectTo);
  }

  @Override
  public @Nullable Object value(Path path) {
    return switch (path.text()) {
      case "account.sid" -> accountSid;
      case "workspace.sid" -> workspaceSid;
      case "task.queue" -> queue;
      case "task.priority" -> Values.normal(priority);
      default -> path.root().equals("task") ? task.below(path) : null;
    };
  }

  /** Attributes are personal data; their text is not for logs. */
  @Override
  public String toString() {
    return "Entry[%s, %s, %s, %d]".formatted(accountSid, workspaceSid, queue, priority);
  }
}
