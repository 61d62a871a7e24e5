package dev.muster.web;

/** Something whose changes are counted: the ETag of its answers is its version. */
public interface Versioned {

  Object sid();

  /** Rises with every change. */
  int version();
}
