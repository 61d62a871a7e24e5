package dev.muster.reservation;

import dev.muster.workspace.WorkspaceSid;
import java.util.List;

/**
 * Offers were made of tasks whose workflows want to be told. Published inside the transaction;
 * other offers are not worth an event.
 */
public record ReservationsOffered(WorkspaceSid workspace, List<ReservationSid> reservations) {}
