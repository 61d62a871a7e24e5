/** A task and its life. */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "account",
      "workspace",
      "worker",
      "queue",
      "workflow",
      "event",
      "rules",
      "telemetry"
    })
@NullMarked
package dev.muster.task;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
