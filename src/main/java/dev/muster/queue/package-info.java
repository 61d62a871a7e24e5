/** Task queues and who is a member of them. */
@ApplicationModule(
    allowedDependencies = {"web", "account", "workspace", "worker", "event", "rules"})
@NullMarked
package dev.muster.queue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
