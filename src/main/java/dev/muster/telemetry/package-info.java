/** What operators' tools are shown beyond what the framework shows them by itself. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.muster.telemetry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
