/** Workers, their channels and their capacity. */
@ApplicationModule(allowedDependencies = {"web", "account", "workspace", "event", "rules"})
@NullMarked
package dev.muster.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
