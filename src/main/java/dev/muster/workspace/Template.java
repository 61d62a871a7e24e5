package dev.muster.workspace;

/** What a new workspace starts with, beyond activities and task channels. */
public enum Template {
  NONE,

  /** A queue for everyone and a workflow that leads to it. */
  FIFO
}
