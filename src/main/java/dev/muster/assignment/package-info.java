/** Matching rounds: pairs waiting tasks with ready workers. */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "workspace",
      "worker",
      "queue",
      "workflow",
      "task",
      "reservation",
      "event",
      "rules"
    })
@NullMarked
package dev.muster.assignment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
