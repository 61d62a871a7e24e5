package dev.muster.reservation;

import dev.muster.reservation.TransferForms.NewTransfer;
import dev.muster.reservation.TransferForms.TransferChange;
import dev.muster.task.Task;
import dev.muster.task.TaskSid;
import dev.muster.task.TaskTransfers;
import dev.muster.task.Tasks;
import dev.muster.task.Transfer;
import dev.muster.task.TransferMode;
import dev.muster.task.TransferRequest;
import dev.muster.task.TransferSid;
import dev.muster.task.TransferStatus;
import dev.muster.web.Refused;
import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.WorkspaceSid;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Workers hand tasks on. The worker keeps the task until somebody else accepts it; then the
 * worker's reservation is completed in the same transaction, so that there is never a task with two
 * workers or without one.
 */
@Component
public class Transfers {

  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Tasks tasks;
  private final TaskTransfers transfers;
  private final Workers workers;

  Transfers(
      ReservationRows rows,
      ReservationLog log,
      Tasks tasks,
      TaskTransfers transfers,
      Workers workers) {
    this.rows = rows;
    this.log = log;
    this.tasks = tasks;
    this.transfers = transfers;
    this.workers = workers;
  }

  /**
   * Looks for the next worker of a task.
   *
   * @throws Refused as not found if there is no such worker; as invalid if the worker does not have
   *     the task by an accepted reservation, it is being handed on already, or there is nothing
   *     that it could go to
   */
  @Transactional
  public Transfer initiate(WorkspaceSid workspace, WorkerSid worker, NewTransfer form) {
    workers.get(workspace, worker);
    tasks.holdPlaces(workspace);
    var held = tasks.lock(workspace, form.taskSid()).orElseThrow(() -> notHeld(worker, form));
    var reservation =
        rows.find(workspace, form.reservationSid())
            .filter(found -> found.worker().equals(worker) && found.task().equals(held.sid()))
            .orElseThrow(() -> notHeld(worker, form));
    if (reservation.status() != ReservationStatus.ACCEPTED) {
      throw Refused.invalid(
          "Expected reservation %s to be accepted before its task is handed on, but it is %s",
          reservation.sid(), reservation.status().wireName());
    }
    var request =
        new TransferRequest(
            worker,
            reservation.sid().value(),
            form.to(),
            Objects.requireNonNullElse(form.mode(), TransferMode.WARM),
            form.attributes(),
            form.priority());
    var transfer = transfers.begin(held, request, log.now());
    LOG.info("Worker {} hands task {} on to {}", worker, held.sid(), form.to().value());
    return transfer;
  }

  private static Refused notHeld(WorkerSid worker, NewTransfer form) {
    return Refused.invalid(
        "Expected ReservationSid to be a reservation of worker %s for task %s, but %s is none",
        worker, form.taskSid(), form.reservationSid());
  }

  /**
   * A transfer that the worker initiated.
   *
   * @throws Refused as not found
   */
  public Transfer get(WorkspaceSid workspace, WorkerSid worker, TransferSid sid) {
    return find(workspace, worker, sid).orElseThrow(Refused::notFound);
  }

  /** A transfer that the worker initiated, if there is one. */
  public Optional<Transfer> find(WorkspaceSid workspace, WorkerSid worker, TransferSid sid) {
    return transfers
        .find(workspace, sid)
        .filter(transfer -> transfer.initiatingWorker().equals(worker));
  }

  /** The transfer that a task is in. */
  public Optional<Transfer> present(Task task) {
    return transfers.present(task);
  }

  /**
   * Takes a transfer back; the worker keeps the task.
   *
   * @throws Refused as not found; as invalid if the transfer is over, is not of that task, or is to
   *     become anything but canceled
   */
  @Transactional
  public Transfer update(
      WorkspaceSid workspace, WorkerSid worker, TransferSid sid, TransferChange form) {
    var task = get(workspace, worker, sid).task();
    check(form, task, sid);
    var held = tasks.lock(workspace, task).orElseThrow(Refused::notFound);
    return transfers.cancel(held, get(workspace, worker, sid), log.now());
  }

  private static void check(TransferChange form, TaskSid task, TransferSid sid) {
    if (!form.taskSid().equals(task)) {
      throw Refused.invalid(
          "Expected TaskSid to be the task of transfer %s, %s, but got '%s'",
          sid, task, form.taskSid());
    }
    if (form.transferStatus() != TransferStatus.CANCELED) {
      throw Refused.invalid(
          "Expected TransferStatus to be canceled, but got '%s': the others follow from reservations",
          form.transferStatus().wireName());
    }
  }
}
