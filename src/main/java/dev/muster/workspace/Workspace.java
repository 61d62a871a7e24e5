package dev.muster.workspace;

import dev.muster.account.AccountSid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own world of tasks and workers.
 *
 * @param defaultActivity what a new worker is doing
 * @param timeoutActivity what a worker is put to whose reservation lapsed
 * @param eventsFilter the event types that are called back, separated by commas; null for all
 * @param multiTaskEnabled whether a worker may have several tasks at once, with the same activity
 * @param prioritizeQueueOrder which of equal tasks comes first
 * @param timeoutMovesWorker whether a reservation that times out puts its worker to the timeout
 *     activity
 */
public record Workspace(
    WorkspaceSid sid,
    AccountSid account,
    String friendlyName,
    ActivitySid defaultActivity,
    String defaultActivityName,
    ActivitySid timeoutActivity,
    String timeoutActivityName,
    @Nullable String eventCallbackUrl,
    @Nullable String eventsFilter,
    boolean multiTaskEnabled,
    QueueOrder prioritizeQueueOrder,
    boolean timeoutMovesWorker,
    Instant createdAt,
    Instant updatedAt) {}
