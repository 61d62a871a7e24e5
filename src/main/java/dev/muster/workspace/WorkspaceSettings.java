package dev.muster.workspace;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may set of a workspace; {@code null} leaves as it is, an empty text takes a
 * callback address or filter away.
 */
record WorkspaceSettings(
    @Nullable String friendlyName,
    @Nullable String eventCallbackUrl,
    @Nullable String eventsFilter,
    @Nullable Boolean multiTaskEnabled,
    @Nullable QueueOrder prioritizeQueueOrder,
    @Nullable ActivitySid defaultActivity,
    @Nullable ActivitySid timeoutActivity,
    @Nullable Boolean timeoutMovesWorker) {

  /** The workspace as it will be, with the activities that are wanted or were there before. */
  Workspace applyTo(Workspace before, Activity defaultActivity, Activity timeoutActivity) {
    return new Workspace(
        before.sid(),
        before.account(),
        Objects.requireNonNullElse(friendlyName, before.friendlyName()),
        defaultActivity.sid(),
        defaultActivity.friendlyName(),
        timeoutActivity.sid(),
        timeoutActivity.friendlyName(),
        changed(before.eventCallbackUrl(), eventCallbackUrl),
        changed(before.eventsFilter(), eventsFilter),
        Objects.requireNonNullElse(multiTaskEnabled, before.multiTaskEnabled()),
        Objects.requireNonNullElse(prioritizeQueueOrder, before.prioritizeQueueOrder()),
        Objects.requireNonNullElse(timeoutMovesWorker, before.timeoutMovesWorker()),
        before.createdAt(),
        before.updatedAt());
  }

  static @Nullable String changed(@Nullable String before, @Nullable String wanted) {
    if (wanted == null) {
      return before;
    }
    return wanted.isEmpty() ? null : wanted;
  }
}
