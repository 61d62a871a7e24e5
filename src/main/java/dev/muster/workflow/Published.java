package dev.muster.workflow;

/** A workflow after a change, and what the change means for the tasks that wait in it. */
public record Published(Workflow workflow, WaitingTasks waitingTasks) {

  /**
   * How many tasks wait, offered or not, by the version that routes them. After a change without
   * re-evaluation all are on earlier versions and keep them.
   *
   * @param onEarlierVersions after a re-evaluation: tasks that the present version has no place
   *     for, tasks whose queue the caller chose, and if more than 5,000 waited those that are still
   *     to be run through it
   */
  public record WaitingTasks(int onThisVersion, int onEarlierVersions) {

    static final WaitingTasks NONE = new WaitingTasks(0, 0);
  }
}
