/** A tenant's workflow instructions and their versions. */
@ApplicationModule(allowedDependencies = {"web", "account", "workspace", "queue", "event", "rules"})
@NullMarked
package dev.muster.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
