/**
 * Task queues and who is a member of them.
 *
 * <p>{@link dev.muster.queue.TaskQueues} changes queues, {@link dev.muster.queue.QueueList} finds
 * them, and {@link dev.muster.queue.Membership} keeps the table of members in step with workers and
 * expressions, so that nobody searches for members when a task waits.
 *
 * <p>Tasks and workflows lie above and are known here only by their tables.
 */
@ApplicationModule(
    allowedDependencies = {"web", "account", "workspace", "worker", "event", "rules"})
@NullMarked
package dev.muster.queue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
