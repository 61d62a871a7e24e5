package dev.muster.reservation;

import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.List;

/** Matches became reservations. Published inside the transaction. */
record OffersMade(WorkspaceSid workspace, List<Offer> offers, Instant at) {}
