package dev.muster.channel;

import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token says that held when it was checked.
 *
 * @param channel sid of the worker, task queue or workspace that it is about
 * @param worker the worker, if it is about one
 * @param expiresAt the end of the token
 */
record Pass(
    Tenant tenant,
    String channel,
    @Nullable WorkerSid worker,
    Permission permission,
    Instant expiresAt) {

  /** Whether it is about that worker. */
  boolean isOf(String workerSid) {
    return worker != null && worker.value().equals(workerSid);
  }
}
