package dev.muster.worker;

import dev.muster.web.Versioned;
import dev.muster.workspace.ActivitySid;
import java.time.Instant;

/**
 * Somebody, or something, who can take tasks.
 *
 * @param attributes a JSON object, as it was given
 * @param available whether the activity lets new tasks be offered
 * @param statusChangedAt when the activity last changed
 * @param version grows with every change and with every reservation
 */
public record Worker(
    WorkerSid sid,
    String friendlyName,
    String attributes,
    ActivitySid activitySid,
    String activityName,
    boolean available,
    Instant statusChangedAt,
    int version,
    Instant createdAt,
    Instant updatedAt)
    implements Versioned {}
