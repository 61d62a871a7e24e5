package dev.muster.reservation;

import dev.muster.account.AccountSid;
import dev.muster.task.TaskSid;
import dev.muster.web.BaseUrl;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.Map;

/** A reservation on the wire, under its task or under its worker. */
record ReservationBody(
    ReservationSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    TaskSid taskSid,
    WorkerSid workerSid,
    String workerName,
    ReservationStatus reservationStatus,
    Instant dateCreated,
    Instant dateUpdated,
    String url,
    Map<String, String> links) {

  static ReservationBody underTask(Reservation reservation, Tenant tenant, BaseUrl base) {
    return of(reservation, tenant, base, "/Tasks/" + reservation.task());
  }

  static ReservationBody underWorker(Reservation reservation, Tenant tenant, BaseUrl base) {
    return of(reservation, tenant, base, "/Workers/" + reservation.worker());
  }

  private static ReservationBody of(
      Reservation reservation, Tenant tenant, BaseUrl base, String parent) {
    var workspace = base.workspace(tenant.workspace());
    return new ReservationBody(
        reservation.sid(),
        tenant.account(),
        tenant.workspace(),
        reservation.task(),
        reservation.worker(),
        reservation.workerName(),
        reservation.status(),
        reservation.createdAt(),
        reservation.updatedAt(),
        workspace + parent + "/Reservations/" + reservation.sid(),
        Map.of(
            "task", workspace + "/Tasks/" + reservation.task(),
            "worker", workspace + "/Workers/" + reservation.worker(),
            "workspace", workspace));
  }
}
