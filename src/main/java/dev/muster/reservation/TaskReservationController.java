package dev.muster.reservation;

import dev.muster.reservation.ReservationUpdates.Update;
import dev.muster.task.TaskSid;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.IfMatch;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
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

  private final Reservations reservations;
  private final ReservationUpdates updates;

  TaskReservationController(Reservations reservations, ReservationUpdates updates) {
    this.reservations = reservations;
    this.updates = updates;
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant,
      @PathVariable("TaskSid") TaskSid task,
      @Form ReservationFilter filter,
      PageRequest page,
      BaseUrl base) {
    var listed = reservations.ofTask(tenant.workspace(), task, filter, page);
    return PageBody.of(
        "reservations", listed.map(each -> ReservationBody.underTask(each, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  ResponseEntity<ReservationBody> fetch(
      Tenant tenant,
      @PathVariable("TaskSid") TaskSid task,
      @PathVariable("Sid") ReservationSid sid,
      BaseUrl base) {
    return body(find(tenant, task, sid), tenant, base);
  }

  @PostMapping("/{Sid}")
  ResponseEntity<ReservationBody> update(
      Tenant tenant,
      @PathVariable("TaskSid") TaskSid task,
      @PathVariable("Sid") ReservationSid sid,
      @Form Update update,
      IfMatch match,
      BaseUrl base) {
    return body(updates.update(tenant, find(tenant, task, sid), update, match), tenant, base);
  }

  private Reservation find(Tenant tenant, TaskSid task, ReservationSid sid) {
    return reservations
        .find(tenant.workspace(), sid)
        .filter(reservation -> reservation.task().equals(task))
        .orElseThrow(Refused::notFound);
  }

  private static ResponseEntity<ReservationBody> body(
      Reservation reservation, Tenant tenant, BaseUrl base) {
    return Answers.ok(ReservationBody.underTask(reservation, tenant, base), reservation.version());
  }
}
