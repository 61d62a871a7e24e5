package dev.muster.reservation;

import dev.muster.account.AccountSid;
import dev.muster.queue.TaskQueueSid;
import dev.muster.task.TaskSid;
import dev.muster.task.Transfer;
import dev.muster.task.TransferMode;
import dev.muster.task.TransferSid;
import dev.muster.task.TransferStatus;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A transfer on the wire, with the names of the worker interface. */
record TransferBody(
    TransferSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    TaskSid taskSid,
    TransferMode transferMode,
    String transferType,
    String transferTo,
    TransferStatus transferStatus,
    @Nullable String transferFailedReason,
    String initiatingReservationSid,
    WorkerSid initiatingWorkerSid,
    TaskQueueSid initiatingQueueSid,
    WorkflowSid initiatingWorkflowSid,
    Instant dateCreated,
    Instant dateUpdated) {

  static TransferBody of(Transfer transfer, Tenant tenant) {
    return new TransferBody(
        transfer.sid(),
        tenant.account(),
        tenant.workspace(),
        transfer.task(),
        transfer.mode(),
        transfer.type(),
        transfer.to().value(),
        transfer.status(),
        transfer.failedReason(),
        transfer.initiatingReservation(),
        transfer.initiatingWorker(),
        transfer.initiatingQueue(),
        transfer.initiatingWorkflow(),
        transfer.createdAt(),
        transfer.updatedAt());
  }
}
