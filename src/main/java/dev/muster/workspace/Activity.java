package dev.muster.workspace;

import java.time.Instant;

/** What a worker can be doing, and whether new tasks may be offered meanwhile. */
public record Activity(
    ActivitySid sid,
    String friendlyName,
    boolean available,
    Instant createdAt,
    Instant updatedAt) {}
