package dev.muster.rules;

import java.util.List;

/** What the operator's policies make of a step that a task is about to enter. */
public sealed interface Ruling {

  /** The names of the policies that changed something, in the order in which they did. */
  List<String> fired();

  /** The task enters this queue with this priority. */
  record Enter(String queue, int priority, List<String> fired) implements Ruling {

    public Enter {
      fired = List.copyOf(fired);
    }
  }

  /** The step is over before it began, as if its time had run out. */
  record Skip(List<String> fired) implements Ruling {

    public Skip {
      fired = List.copyOf(fired);
    }
  }
}
