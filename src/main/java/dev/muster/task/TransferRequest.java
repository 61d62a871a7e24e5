package dev.muster.task;

import dev.muster.worker.WorkerSid;
import org.jspecify.annotations.Nullable;

/**
 * A worker wants to hand a task on.
 *
 * @param reservation sid of the reservation by which the worker has the task
 * @param attributes what the task says of itself from now on; null to leave it
 * @param priority the task's priority from now on; null to leave it
 */
public record TransferRequest(
    WorkerSid worker,
    String reservation,
    RoutingTarget to,
    TransferMode mode,
    @Nullable String attributes,
    @Nullable Integer priority) {}
