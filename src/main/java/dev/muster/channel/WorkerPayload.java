package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.worker.Worker;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;

/** A worker as the worker SDK is sent it. */
record WorkerPayload(
    WorkerSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    String friendlyName,
    String attributes,
    ActivitySid activitySid,
    String activityName,
    boolean available,
    int version,
    long dateCreated,
    long dateUpdated,
    long dateStatusChanged) {

  static WorkerPayload of(Worker worker, Tenant tenant) {
    return new WorkerPayload(
        worker.sid(),
        tenant.account(),
        tenant.workspace(),
        worker.friendlyName(),
        worker.attributes(),
        worker.activitySid(),
        worker.activityName(),
        worker.available(),
        worker.version(),
        worker.createdAt().getEpochSecond(),
        worker.updatedAt().getEpochSecond(),
        worker.statusChangedAt().getEpochSecond());
  }

  WorkerPayload at(int version) {
    return new WorkerPayload(
        sid,
        accountSid,
        workspaceSid,
        friendlyName,
        attributes,
        activitySid,
        activityName,
        available,
        version,
        dateCreated,
        dateUpdated,
        dateStatusChanged);
  }
}
