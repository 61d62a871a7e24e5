package dev.muster.worker;

import dev.muster.workspace.ActivitySid;
import org.jspecify.annotations.Nullable;

/**
 * A worker to be created.
 *
 * @param attributes a JSON object; absent: an empty one
 * @param activitySid absent: the workspace's default activity
 */
public record NewWorker(
    String friendlyName, @Nullable String attributes, @Nullable ActivitySid activitySid) {}
