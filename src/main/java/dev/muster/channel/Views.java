package dev.muster.channel;

import dev.muster.reservation.Reservation;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.reservation.Transfers;
import dev.muster.task.Task;
import dev.muster.task.TaskSid;
import dev.muster.task.Tasks;
import dev.muster.task.TransferSid;
import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.Tenant;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Resources as the worker SDK is sent them, at their present state. */
@Component
class Views {

  private final Workers workers;
  private final Reservations reservations;
  private final Transfers transfers;
  private final Tasks tasks;
  private final Clock clock;

  Views(Workers workers, Reservations reservations, Transfers transfers, Tasks tasks, Clock clock) {
    this.workers = workers;
    this.reservations = reservations;
    this.transfers = transfers;
    this.tasks = tasks;
    this.clock = clock;
  }

  Optional<WorkerPayload> worker(Tenant tenant, WorkerSid sid) {
    return workers.find(tenant.workspace(), sid).map(worker -> WorkerPayload.of(worker, tenant));
  }

  Optional<TransferPayload> transfer(Tenant tenant, WorkerSid worker, TransferSid sid) {
    return transfers
        .find(tenant.workspace(), worker, sid)
        .map(transfer -> TransferPayload.of(transfer, tenant));
  }

  Optional<TaskPayload> task(Tenant tenant, TaskSid sid) {
    return tasks.find(tenant.workspace(), sid).map(task -> payload(task, tenant));
  }

  Optional<ReservationPayload> reservation(Tenant tenant, ReservationSid sid) {
    return reservations
        .find(tenant.workspace(), sid)
        .map(
            found ->
                payload(found, tasks.find(tenant.workspace(), found.task()).orElse(null), tenant));
  }

  /**
   * What events speak of, read at once.
   *
   * @param changed tasks that changed since that instant
   * @param isHere who is to be sent those tasks, if they concern them
   */
  Mentioned mentioned(
      Tenant tenant,
      Set<ReservationSid> offered,
      Set<TaskSid> changed,
      Instant since,
      Predicate<WorkerSid> isHere) {
    var concerned =
        reservations.concerned(tenant.workspace(), changed, since).stream()
            .filter(reservation -> isHere.test(reservation.worker()))
            .collect(Collectors.groupingBy(Reservation::task));
    return new Mentioned(
        reservations(tenant, reservations.findAll(tenant.workspace(), offered)).stream()
            .collect(Collectors.toMap(ReservationPayload::sid, Function.identity())),
        tasks.findAll(tenant.workspace(), concerned.keySet()).stream()
            .collect(Collectors.toMap(Task::sid, task -> payload(task, tenant))),
        concerned);
  }

  /** Reservations with their tasks, which are read at once. */
  List<ReservationPayload> reservations(Tenant tenant, List<Reservation> all) {
    var sids = all.stream().map(Reservation::task).collect(Collectors.toSet());
    var byTask =
        tasks.findAll(tenant.workspace(), sids).stream()
            .collect(Collectors.toMap(Task::sid, Function.identity()));
    return all.stream().map(each -> payload(each, byTask.get(each.task()), tenant)).toList();
  }

  private ReservationPayload payload(Reservation reservation, @Nullable Task task, Tenant tenant) {
    if (task == null) {
      var gone = TaskPayload.deleted(reservation, tenant, clock.instant());
      return ReservationPayload.of(reservation, gone, null, tenant);
    }
    var transfer = transfers.present(task).map(present -> TransferPayload.of(present, tenant));
    return ReservationPayload.of(reservation, payload(task, tenant), transfer.orElse(null), tenant);
  }

  private TaskPayload payload(Task task, Tenant tenant) {
    return TaskPayload.of(task, tenant, clock.instant());
  }
}
