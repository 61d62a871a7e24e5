package dev.muster.statistics;

/** What statistics are about. */
enum Scope {
  WORKSPACE("workspace_sid"),
  QUEUE("task_queue_sid"),
  WORKFLOW("workflow_sid");

  private final String column;

  Scope(String column) {
    this.column = column;
  }

  /** The column that names it in the table of tasks. */
  String column() {
    return column;
  }
}
