package dev.muster.reservation;

import dev.muster.telephony.Connection;
import dev.muster.workspace.ActivitySid;
import org.jspecify.annotations.Nullable;

/**
 * What an instruction comes to.
 *
 * @param accepts whether the reservation is accepted once the calls are on their way
 * @param postWorkActivity what the worker does once the task is completed; null to leave it
 */
record CallPlan(Connection connection, boolean accepts, @Nullable ActivitySid postWorkActivity) {}
