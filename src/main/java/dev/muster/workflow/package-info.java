/** A tenant's workflow instructions and their versions. */
@ApplicationModule(
    allowedDependencies = {"web", "account", "workspace", "worker", "queue", "event", "rules"})
@NullMarked
package dev.muster.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
