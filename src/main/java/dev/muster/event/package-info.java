/**
 * The log: what happened to every resource, written in the transaction of its change, numbered per
 * task, and queued there for the workspace's own system; and the feed that tells it to every node
 * after the commit. {@code history} shows the log, {@code webhook} tells it.
 */
@ApplicationModule(allowedDependencies = {"web"})
@NullMarked
package dev.muster.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
