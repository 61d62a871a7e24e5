package dev.muster.reservation;

import dev.muster.task.TaskSid;
import dev.muster.task.Tasks;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.WorkspaceSid;
import org.springframework.stereotype.Component;

/**
 * The reservations of one task or one worker, in the order of their creation. Under its task a
 * reservation is known as long as the task is, under its worker as long as it is kept.
 */
@Component
class ReservationList {

  private final ReservationRows rows;
  private final Tasks tasks;
  private final Workers workers;

  ReservationList(ReservationRows rows, Tasks tasks, Workers workers) {
    this.rows = rows;
    this.tasks = tasks;
    this.workers = workers;
  }

  /**
   * A page of the reservations of a task.
   *
   * @throws Refused as not found if there is no such task
   */
  Page<Reservation> ofTask(
      WorkspaceSid workspace, TaskSid task, ReservationFilter filter, PageRequest page) {
    tasks.get(workspace, task);
    return rows.ofTask(workspace, task, filter, page);
  }

  /** One reservation of a task. */
  Reservation ofTask(WorkspaceSid workspace, TaskSid task, ReservationSid sid) {
    var found =
        rows.find(workspace, sid)
            .filter(reservation -> reservation.task().equals(task))
            .orElseThrow(Refused::notFound);
    if (!found.status().isOpen()) {
      tasks.get(workspace, task);
    }
    return found;
  }

  /**
   * A page of the reservations of a worker.
   *
   * @throws Refused as not found if there is no such worker
   */
  Page<Reservation> ofWorker(
      WorkspaceSid workspace, WorkerSid worker, ReservationFilter filter, PageRequest page) {
    workers.get(workspace, worker);
    return rows.ofWorker(workspace, worker, filter, page);
  }

  /** One reservation of a worker. */
  Reservation ofWorker(WorkspaceSid workspace, WorkerSid worker, ReservationSid sid) {
    return rows.find(workspace, sid)
        .filter(reservation -> reservation.worker().equals(worker))
        .orElseThrow(Refused::notFound);
  }
}
