/**
 * Keeps the process engine in step: tells it what happened to tasks, and does what its timers and
 * people ask for.
 */
@ApplicationModule(
    allowedDependencies = {"web", "workspace", "worker", "queue", "task", "reservation", "event"})
@NullMarked
package dev.muster.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
