/**
 * Tries a change of a workflow before it is live: what is odd about it, and what it would have done
 * to other tasks.
 */
@ApplicationModule(
    allowedDependencies = {"web", "workspace", "worker", "queue", "workflow", "task", "rules"})
@NullMarked
package dev.muster.trial;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
