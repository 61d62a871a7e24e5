package dev.muster.reservation;

import dev.muster.reservation.ReservationUpdates.Update;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.IfMatch;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Tenant;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The reservations of one worker. */
@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations")
class WorkerReservationController {

  private final Reservations reservations;
  private final ReservationUpdates updates;

  WorkerReservationController(Reservations reservations, ReservationUpdates updates) {
    this.reservations = reservations;
    this.updates = updates;
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @Form ReservationFilter filter,
      PageRequest page,
      BaseUrl base) {
    var listed = reservations.ofWorker(tenant.workspace(), worker, filter, page);
    return PageBody.of(
        "reservations", listed.map(each -> ReservationBody.underWorker(each, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  ResponseEntity<ReservationBody> fetch(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") ReservationSid sid,
      BaseUrl base) {
    return body(find(tenant, worker, sid), tenant, base);
  }

  @PostMapping("/{Sid}")
  ResponseEntity<ReservationBody> update(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") ReservationSid sid,
      @Form Update update,
      IfMatch match,
      BaseUrl base) {
    return body(updates.update(tenant, find(tenant, worker, sid), update, match), tenant, base);
  }

  private Reservation find(Tenant tenant, WorkerSid worker, ReservationSid sid) {
    return reservations
        .find(tenant.workspace(), sid)
        .filter(reservation -> reservation.worker().equals(worker))
        .orElseThrow(Refused::notFound);
  }

  private static ResponseEntity<ReservationBody> body(
      Reservation reservation, Tenant tenant, BaseUrl base) {
    return Answers.ok(
        ReservationBody.underWorker(reservation, tenant, base), reservation.version());
  }
}
