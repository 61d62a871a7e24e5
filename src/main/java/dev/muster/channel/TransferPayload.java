package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.queue.TaskQueueSid;
import dev.muster.reservation.Reservation;
import dev.muster.task.TaskSid;
import dev.muster.task.Transfer;
import dev.muster.task.TransferSid;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;

/** A transfer as the worker SDK is sent it. */
record TransferPayload(
    TransferSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    TaskSid taskSid,
    String transferMode,
    String transferType,
    String transferTo,
    String transferStatus,
    @Nullable String transferFailedReason,
    String initiatingReservationSid,
    WorkerSid initiatingWorkerSid,
    TaskQueueSid initiatingQueueSid,
    WorkflowSid initiatingWorkflowSid,
    long dateCreated,
    long dateUpdated) {

  static TransferPayload of(Transfer transfer, Tenant tenant) {
    return new TransferPayload(
        transfer.sid(),
        tenant.account(),
        tenant.workspace(),
        transfer.task(),
        transfer.mode().name(),
        transfer.type(),
        transfer.to().value(),
        transfer.status().wireName(),
        transfer.failedReason(),
        transfer.initiatingReservation(),
        transfer.initiatingWorker(),
        transfer.initiatingQueue(),
        transfer.initiatingWorkflow(),
        transfer.createdAt().getEpochSecond(),
        transfer.updatedAt().getEpochSecond());
  }

  boolean isBy(Reservation reservation) {
    return initiatingReservationSid.equals(reservation.sid().value());
  }

  TransferPayload at(String status, long updated) {
    return new TransferPayload(
        sid,
        accountSid,
        workspaceSid,
        taskSid,
        transferMode,
        transferType,
        transferTo,
        status,
        transferFailedReason,
        initiatingReservationSid,
        initiatingWorkerSid,
        initiatingQueueSid,
        initiatingWorkflowSid,
        dateCreated,
        updated);
  }
}
