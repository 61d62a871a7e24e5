package dev.muster.reservation;

import dev.muster.reservation.TransferForms.NewTransfer;
import dev.muster.reservation.TransferForms.TransferChange;
import dev.muster.task.TransferSid;
import dev.muster.web.Answers;
import dev.muster.web.Form;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Tenant;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tasks that a worker hands on. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Transfers")
class TransferController {

  private final Transfers transfers;

  TransferController(Transfers transfers) {
    this.transfers = transfers;
  }

  @PostMapping
  ResponseEntity<TransferBody> create(
      Tenant tenant, @PathVariable("WorkerSid") WorkerSid worker, @Form NewTransfer form) {
    var transfer = transfers.initiate(tenant.workspace(), worker, form);
    return Answers.created(TransferBody.of(transfer, tenant));
  }

  @GetMapping("/{Sid}")
  TransferBody fetch(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") TransferSid sid) {
    return TransferBody.of(transfers.get(tenant.workspace(), worker, sid), tenant);
  }

  @PostMapping("/{Sid}")
  TransferBody update(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") TransferSid sid,
      @Form TransferChange form) {
    return TransferBody.of(transfers.update(tenant.workspace(), worker, sid, form), tenant);
  }
}
