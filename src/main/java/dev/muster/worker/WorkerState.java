package dev.muster.worker;

import dev.muster.workspace.ActivitySid;
import java.util.Objects;

/** What can be changed about a worker. */
record WorkerState(String friendlyName, String attributes, ActivitySid activitySid) {

  static WorkerState of(Worker worker) {
    return new WorkerState(worker.friendlyName(), worker.attributes(), worker.activitySid());
  }

  WorkerState with(WorkerChange change) {
    return new WorkerState(
        Objects.requireNonNullElse(change.friendlyName(), friendlyName),
        Objects.requireNonNullElse(change.attributes(), attributes),
        Objects.requireNonNullElse(change.activitySid(), activitySid));
  }
}
