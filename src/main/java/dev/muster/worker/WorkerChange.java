package dev.muster.worker;

import dev.muster.workspace.ActivitySid;
import org.jspecify.annotations.Nullable;

/**
 * What to change about a worker; what is absent stays.
 *
 * @param rejectPendingReservations whether the worker turns down what is offered and not yet
 *     answered; only on the way to an unavailable activity
 */
public record WorkerChange(
    @Nullable String friendlyName,
    @Nullable String attributes,
    @Nullable ActivitySid activitySid,
    boolean rejectPendingReservations) {}
