package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A workspace as it is now, on the wire. */
record WorkspaceNow(@JsonUnwrapped TasksNow.Body tasks, @JsonUnwrapped WorkersNow.Body workers) {}
