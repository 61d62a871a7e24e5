package dev.muster.reservation;

import dev.muster.reservation.ReservationForms.TaskReservationUpdate;
import dev.muster.task.TaskSid;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.IfMatch;
import dev.muster.web.PageRequest;
import dev.muster.workspace.Tenant;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The reservations of one task. */
@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations")
class TaskReservationController {

  private final ReservationList list;
  private final ReservationUpdates updates;

  TaskReservationController(ReservationList list, ReservationUpdates updates) {
    this.list = list;
    this.updates = updates;
  }

  @GetMapping
  ResponseEntity<Map<String, Object>> list(
      Tenant tenant,
      @PathVariable("TaskSid") TaskSid task,
      @Form ReservationFilter filter,
      PageRequest page,
      BaseUrl base) {
    return Answers.list(
        "reservations",
        list.ofTask(tenant.workspace(), task, filter, page),
        reservation -> ReservationBody.underTask(reservation, tenant, base),
        base);
  }

  @GetMapping("/{Sid}")
  ResponseEntity<ReservationBody> fetch(
      Tenant tenant,
      @PathVariable("TaskSid") TaskSid task,
      @PathVariable("Sid") ReservationSid sid,
      BaseUrl base) {
    return body(list.ofTask(tenant.workspace(), task, sid), tenant, base);
  }

  @PostMapping("/{Sid}")
  ResponseEntity<ReservationBody> update(
      Tenant tenant,
      @PathVariable("TaskSid") TaskSid task,
      @PathVariable("Sid") ReservationSid sid,
      @Form TaskReservationUpdate form,
      IfMatch match,
      BaseUrl base) {
    var reservation = list.ofTask(tenant.workspace(), task, sid);
    return body(updates.update(tenant.workspace(), reservation.sid(), form, match), tenant, base);
  }

  private static ResponseEntity<ReservationBody> body(
      Reservation reservation, Tenant tenant, BaseUrl base) {
    return Answers.ok(ReservationBody.underTask(reservation, tenant, base), reservation.version());
  }
}
