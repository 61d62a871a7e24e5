/**
 * Workers, their channels and their capacity.
 *
 * <p>{@link dev.muster.worker.Workers} changes one worker, {@link dev.muster.worker.WorkerList}
 * finds many, {@link dev.muster.worker.WorkerChannels} says how much a worker can have on a task
 * channel, and {@link dev.muster.worker.Capacity} counts what reservations hold of it. What depends
 * on workers hears {@link dev.muster.worker.WorkerChanged} and {@link
 * dev.muster.worker.PendingReservationsRefused}.
 *
 * <p>Queues, reservations and tasks lie above and are known here only by their tables.
 */
@ApplicationModule(allowedDependencies = {"web", "account", "workspace", "event", "rules"})
@NullMarked
package dev.muster.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
