/** Shows tenants what happened in their workspaces. */
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
package dev.muster.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
