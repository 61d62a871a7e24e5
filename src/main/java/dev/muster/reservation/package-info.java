/** The offer of one task to one worker, and the worker's answer. */
@ApplicationModule(
    allowedDependencies = {"web", "account", "workspace", "worker", "queue", "task", "event"})
@NullMarked
package dev.muster.reservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
