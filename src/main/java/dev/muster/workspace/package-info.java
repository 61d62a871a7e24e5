/** Workspaces and what every resource in them shares: activities and task channels. */
@ApplicationModule(allowedDependencies = {"web", "account", "event"})
@NullMarked
package dev.muster.workspace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
