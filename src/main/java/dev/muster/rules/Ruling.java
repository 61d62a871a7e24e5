package dev.muster.rules;

import java.util.List;

/** What the operator's policies make of a step that a task is about to enter. */
public sealed interface Ruling {

  /** The names of the policies that closed a queue to the task, in the order in which they did. */
  List<String> closedBy();

  /**
   * The task enters this queue with this priority.
   *
   * @param loweredBy the names of the policies that lowered the priority, in that order
   */
  record Enter(String queue, int priority, List<String> closedBy, List<String> loweredBy)
      implements Ruling {

    public Enter {
      closedBy = List.copyOf(closedBy);
      loweredBy = List.copyOf(loweredBy);
    }
  }

  /** The step is over before it began, as if its time had run out. */
  record Skip(List<String> closedBy) implements Ruling {

    public Skip {
      closedBy = List.copyOf(closedBy);
    }
  }
}
