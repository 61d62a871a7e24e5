package dev.muster.reservation;

import dev.muster.reservation.Answer.NotPending;
import dev.muster.reservation.Answer.Taken;
import dev.muster.reservation.Answer.TooLate;
import dev.muster.task.Task;
import dev.muster.task.TaskLife;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.task.Tasks;
import dev.muster.web.IfMatch;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.worker.Capacity;
import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import dev.muster.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The offers of tasks to workers and the workers' answers. */
@Component
public class Reservations {

  private static final Logger LOG = LoggerFactory.getLogger(Reservations.class);

  private final ReservationRows rows;
  private final ReservationLog log;
  private final Tasks tasks;
  private final TaskLife life;
  private final TaskRouting routing;
  private final Capacity capacity;
  private final Workers workers;
  private final Workspaces workspaces;
  private final Clock clock;

  Reservations(
      ReservationRows rows,
      ReservationLog log,
      Tasks tasks,
      TaskLife life,
      TaskRouting routing,
      Capacity capacity,
      Workers workers,
      Workspaces workspaces,
      Clock clock) {
    this.rows = rows;
    this.log = log;
    this.tasks = tasks;
    this.life = life;
    this.routing = routing;
    this.capacity = capacity;
    this.workers = workers;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /**
   * Accepts an offer: its task is assigned to the worker, and its other offers are rescinded.
   *
   * @throws Refused if there is none, or it has another version than expected
   */
  @Transactional
  public Answer accept(WorkspaceSid workspace, ReservationSid sid, IfMatch match) {
    return answer(
        workspace,
        sid,
        match,
        held -> {
          var now = now();
          var accepted = rows.answer(workspace, sid, ReservationStatus.ACCEPTED, now).orElseThrow();
          var others =
              rows.change(
                  workspace,
                  held.sid(),
                  ReservationStatus.PENDING,
                  ReservationStatus.RESCINDED,
                  now);
          var assigned = life.assign(workspace, held.sid(), now).orElseThrow();
          capacity.assign(workspace, List.of(accepted.unit()));
          if (!others.isEmpty()) {
            capacity.release(workspace, others.stream().map(Reservation::unit).toList());
            log.record("reservation.rescinded", others, now);
          }
          log.record("reservation.accepted", List.of(accepted), now);
          LOG.info("Reservation {} of task {} accepted", sid, assigned.sid());
          return accepted;
        });
  }

  /**
   * Declines an offer; the task waits for the next worker.
   *
   * @param activity what the worker does from now on; null to leave it
   * @throws Refused if there is no such reservation or activity, or it has another version than
   *     expected
   */
  @Transactional
  public Answer reject(
      WorkspaceSid workspace, ReservationSid sid, @Nullable ActivitySid activity, IfMatch match) {
    return answer(
        workspace,
        sid,
        match,
        held -> {
          var rejected = letGo(workspace, sid, ReservationStatus.REJECTED, held);
          if (activity != null) {
            workers.moveTo(workspace, rejected.worker(), activity, now());
          }
          return rejected;
        });
  }

  /**
   * Ends a pending reservation whose time to answer is over: the worker goes to the workspace's
   * timeout activity and the task to the next worker. If the task's own time to live is over, it
   * ends with the task instead.
   *
   * @return whether it was pending and its time over
   */
  @Transactional
  public boolean expire(WorkspaceSid workspace, ReservationSid sid) {
    var found = rows.find(workspace, sid);
    var held = found.flatMap(reservation -> tasks.lock(workspace, reservation.task()));
    var present = rows.find(workspace, sid);
    if (held.isEmpty() || present.isEmpty() || !isDue(present.get())) {
      return false;
    }
    timeOut(present.get(), held.get());
    return true;
  }

  /**
   * Does {@code change} for a pending reservation while its task is held; the first answer wins.
   */
  private Answer answer(
      WorkspaceSid workspace,
      ReservationSid sid,
      IfMatch match,
      Function<Task, Reservation> change) {
    var task = rows.find(workspace, sid).map(Reservation::task).orElseThrow(Refused::notFound);
    var held = tasks.lock(workspace, task);
    var present = rows.find(workspace, sid).orElseThrow(Refused::notFound);
    match.check(present.version());
    if (present.status() != ReservationStatus.PENDING || held.isEmpty()) {
      return new NotPending(present);
    }
    if (isDue(present)) {
      timeOut(present, held.get());
      return new TooLate(rows.find(workspace, sid).orElse(present));
    }
    return new Taken(change.apply(held.get()));
  }

  private boolean isDue(Reservation reservation) {
    return reservation.status() == ReservationStatus.PENDING
        && !reservation.expiresAt().isAfter(clock.instant());
  }

  private void timeOut(Reservation reservation, Task task) {
    var now = now();
    if (!task.expiresAt().isAfter(now)) {
      life.cancel(task, TaskRouting.TIME_TO_LIVE_EXCEEDED, now);
      return;
    }
    var workspace = reservation.workspace();
    letGo(workspace, reservation.sid(), ReservationStatus.TIMEOUT, task);
    workers.moveTo(
        workspace, reservation.worker(), workspaces.get(workspace).timeoutActivity(), now);
  }

  private Reservation letGo(
      WorkspaceSid workspace, ReservationSid sid, ReservationStatus status, Task task) {
    var now = now();
    var ended = rows.answer(workspace, sid, status, now).orElseThrow();
    capacity.release(workspace, List.of(ended.unit()));
    log.record("reservation." + status.wireName(), List.of(ended), now);
    LOG.info("Reservation {} of task {} ended: {}", sid, task.sid(), status.wireName());
    routing.requeue(task, ended.worker().value(), rows.anyPending(workspace, task.sid()), now);
    return ended;
  }

  /** Times are stored in microseconds; what is compared with them later must be no finer. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The reservations of a task. */
  Page<Reservation> ofTask(
      WorkspaceSid workspace, TaskSid task, ReservationFilter filter, PageRequest page) {
    tasks.get(workspace, task);
    return rows.list(workspace, "task_sid", task.value(), filter, page);
  }

  /** The reservations of a worker. */
  Page<Reservation> ofWorker(
      WorkspaceSid workspace, WorkerSid worker, ReservationFilter filter, PageRequest page) {
    workers.get(workspace, worker);
    return rows.list(workspace, "worker_sid", worker.value(), filter, page);
  }

  public Optional<Reservation> find(WorkspaceSid workspace, ReservationSid sid) {
    return rows.find(workspace, sid);
  }
}
