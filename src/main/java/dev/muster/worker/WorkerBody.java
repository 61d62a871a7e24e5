package dev.muster.worker;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;

/** A worker on the wire. */
record WorkerBody(
    WorkerSid sid,
    String friendlyName,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    ActivitySid activitySid,
    String activityName,
    boolean available,
    String attributes,
    Instant dateCreated,
    Instant dateUpdated,
    Instant dateStatusChanged,
    String url,
    Links links) {

  /** The three without {@code worker} in their name are about all workers. */
  record Links(
      String channels,
      String activity,
      String workspace,
      String statistics,
      String realTimeStatistics,
      String cumulativeStatistics,
      String workerStatistics,
      String workerChannels,
      String reservations) {}

  static WorkerBody of(Worker worker, Tenant tenant, BaseUrl base) {
    var workspace = base.workspace(tenant.workspace());
    var all = workspace + "/Workers";
    var url = all + "/" + worker.sid();
    return new WorkerBody(
        worker.sid(),
        worker.friendlyName(),
        tenant.account(),
        tenant.workspace(),
        worker.activitySid(),
        worker.activityName(),
        worker.available(),
        worker.attributes(),
        worker.createdAt(),
        worker.updatedAt(),
        worker.statusChangedAt(),
        url,
        new Links(
            url + "/Channels",
            workspace + "/Activities/" + worker.activitySid(),
            workspace,
            all + "/Statistics",
            all + "/RealTimeStatistics",
            all + "/CumulativeStatistics",
            url + "/Statistics",
            url + "/Channels",
            url + "/Reservations"));
  }
}
