/** Matching rounds: pairs waiting tasks with ready workers. */
@ApplicationModule(
    allowedDependencies = {
      "workspace",
      "worker",
      "queue",
      "workflow",
      "task",
      "reservation",
      "rules",
      "telemetry"
    })
@NullMarked
package dev.muster.assignment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
