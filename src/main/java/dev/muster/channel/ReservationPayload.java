package dev.muster.channel;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.account.AccountSid;
import dev.muster.reservation.Reservation;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.ReservationStatus;
import dev.muster.task.TaskSid;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A reservation as the worker SDK is sent it, with its task. */
record ReservationPayload(
    ReservationSid sid,
    AccountSid accountSid,
    WorkspaceSid workspaceSid,
    WorkerSid workerSid,
    String workerName,
    TaskSid taskSid,
    TaskChannelSid taskChannelSid,
    ReservationStatus reservationStatus,
    long reservationTimeout,
    int version,
    long dateCreated,
    long dateUpdated,
    TaskPayload task,
    @JsonInclude(NON_NULL) @Nullable TransferPayload taskTransfer,
    @JsonInclude(NON_NULL) @Nullable TransferPayload activeOutgoingTaskTransfer) {

  /**
   * @param transfer what the task is in: the worker hands it on, or is asked to take it
   */
  static ReservationPayload of(
      Reservation reservation,
      TaskPayload task,
      @Nullable TransferPayload transfer,
      Tenant tenant) {
    var outgoing = transfer != null && transfer.isBy(reservation);
    return new ReservationPayload(
        reservation.sid(),
        tenant.account(),
        tenant.workspace(),
        reservation.worker(),
        reservation.workerName(),
        reservation.task(),
        reservation.channel(),
        reservation.status(),
        Duration.between(reservation.createdAt(), reservation.expiresAt()).toSeconds(),
        reservation.version(),
        reservation.createdAt().getEpochSecond(),
        reservation.updatedAt().getEpochSecond(),
        task,
        outgoing ? null : transfer,
        outgoing ? transfer : null);
  }

  ReservationPayload at(int version) {
    return at(version, reservationStatus, dateUpdated);
  }

  ReservationPayload at(int version, ReservationStatus status, long updated) {
    return new ReservationPayload(
        sid,
        accountSid,
        workspaceSid,
        workerSid,
        workerName,
        taskSid,
        taskChannelSid,
        status,
        reservationTimeout,
        version,
        dateCreated,
        updated,
        task,
        taskTransfer,
        activeOutgoingTaskTransfer);
  }
}
