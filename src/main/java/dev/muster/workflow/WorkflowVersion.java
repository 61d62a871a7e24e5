package dev.muster.workflow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow's configuration was or is. Immutable.
 *
 * @param number counts from 1
 * @param author null for versions that are older than the record of authors
 */
record WorkflowVersion(
    int number,
    String configuration,
    @Nullable String author,
    @Nullable String comment,
    Instant createdAt) {}
