package dev.muster.reservation;

import dev.muster.reservation.ReservationFilter.OfWorker;
import dev.muster.reservation.ReservationForms.WorkerReservationUpdate;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.IfMatch;
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

  private final ReservationList list;
  private final ReservationUpdates updates;

  WorkerReservationController(ReservationList list, ReservationUpdates updates) {
    this.list = list;
    this.updates = updates;
  }

  @GetMapping
  ResponseEntity<Map<String, Object>> list(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @Form OfWorker filter,
      PageRequest page,
      BaseUrl base) {
    return Answers.list(
        "reservations",
        list.ofWorker(tenant.workspace(), worker, filter.filter(), page),
        reservation -> ReservationBody.underWorker(reservation, tenant, base),
        base);
  }

  @GetMapping("/{Sid}")
  ResponseEntity<ReservationBody> fetch(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") ReservationSid sid,
      BaseUrl base) {
    return body(list.ofWorker(tenant.workspace(), worker, sid), tenant, base);
  }

  @PostMapping("/{Sid}")
  ResponseEntity<ReservationBody> update(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") ReservationSid sid,
      @Form WorkerReservationUpdate form,
      IfMatch match,
      BaseUrl base) {
    if (form.answering().instruction() == Instruction.SUPERVISE) {
      throw Refused.invalid(
          "Expected the instruction '%s' under the reservation's task, but it came under its worker",
          Instruction.SUPERVISE);
    }
    var reservation = list.ofWorker(tenant.workspace(), worker, sid);
    return body(
        updates.update(tenant.workspace(), reservation.sid(), form.underTask(), match),
        tenant,
        base);
  }

  private static ResponseEntity<ReservationBody> body(
      Reservation reservation, Tenant tenant, BaseUrl base) {
    return Answers.ok(
        ReservationBody.underWorker(reservation, tenant, base), reservation.version());
  }
}
