/** The log: what happened to every resource, written in the transaction of its change. */
@ApplicationModule(allowedDependencies = {"web"})
@NullMarked
package dev.muster.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
