/**
 * Keeps the process engine in step: tells it what happened to tasks, does what its timers and
 * people ask for, and takes tasks from processes that hand a step to people.
 */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "account",
      "workspace",
      "worker",
      "queue",
      "workflow",
      "task",
      "reservation",
      "event"
    })
@NullMarked
package dev.muster.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
