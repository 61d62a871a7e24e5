package dev.muster.workflow;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's instruction: which queue, priority and workers a task is for.
 *
 * @param version counts the changes of the configuration
 * @param configuration the document as the tenant gave it
 */
public record Workflow(
    WorkflowSid sid,
    String friendlyName,
    int version,
    String configuration,
    @Nullable URI assignmentCallbackUrl,
    @Nullable URI fallbackAssignmentCallbackUrl,
    int taskReservationTimeoutSeconds,
    Instant createdAt,
    Instant updatedAt) {}
