/**
 * The offer of one task to one worker, and the worker's answer.
 *
 * <p>{@link dev.muster.reservation.Offers} makes reservations, {@link
 * dev.muster.reservation.Reservations} ends them, and {@link dev.muster.reservation.Instructions}
 * does what a tenant's system says about one, be it by a request or as the answer to a callback. By
 * {@link dev.muster.reservation.Transfers} a worker hands a task on to the next.
 */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "account",
      "workspace",
      "worker",
      "queue",
      "workflow",
      "task",
      "event",
      "telephony",
      "telemetry"
    })
@NullMarked
package dev.muster.reservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
