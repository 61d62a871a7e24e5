package dev.muster.reservation;

import dev.muster.reservation.Answer.NotPending;
import dev.muster.reservation.Answer.Taken;
import dev.muster.reservation.Answer.TooLate;
import dev.muster.task.Task;
import dev.muster.task.TaskSid;
import dev.muster.task.Tasks;
import dev.muster.web.IfMatch;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The offers of tasks to workers and the workers' answers. */
@Component
public class Reservations {

  private interface Change {
    Reservation of(Reservation pending, Task held, Instant now);
  }

  private final ReservationRows rows;
  private final Tasks tasks;
  private final Acceptance acceptance;
  private final Lapse lapse;
  private final ReservationLog log;

  Reservations(
      ReservationRows rows, Tasks tasks, Acceptance acceptance, Lapse lapse, ReservationLog log) {
    this.rows = rows;
    this.tasks = tasks;
    this.acceptance = acceptance;
    this.lapse = lapse;
    this.log = log;
  }

  /**
   * Accepts an offer: its task is assigned to the worker, and its other offers are rescinded.
   *
   * @throws Refused if there is none, or it has another version than expected
   */
  @Transactional
  public Answer accept(WorkspaceSid workspace, ReservationSid sid, IfMatch match) {
    return accept(workspace, sid, null, match);
  }

  /**
   * Accepts an offer, as the other {@code accept} does.
   *
   * @param postWorkActivity what the worker does once the work is completed; null for no change
   */
  @Transactional
  public Answer accept(
      WorkspaceSid workspace,
      ReservationSid sid,
      @Nullable ActivitySid postWorkActivity,
      IfMatch match) {
    return answer(
        workspace,
        sid,
        match,
        (pending, held, now) -> {
          if (postWorkActivity != null) {
            rows.setPostWork(pending, postWorkActivity);
          }
          return acceptance.accept(pending, held, now);
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
        workspace, sid, match, (pending, held, now) -> lapse.reject(pending, held, activity, now));
  }

  /**
   * Ends a pending reservation whose time to answer is over: the worker goes to the workspace's
   * timeout activity, unless its settings leave workers where they are, and the task to the next
   * worker. If the task's own time to live is over, it ends with the task instead.
   *
   * @return whether it was pending and its time over
   */
  @Transactional
  public boolean expire(WorkspaceSid workspace, ReservationSid sid) {
    var now = log.now();
    tasks.holdPlaces(workspace);
    var held = rows.find(workspace, sid).flatMap(found -> tasks.lock(workspace, found.task()));
    var due = held.flatMap(task -> rows.find(workspace, sid)).filter(each -> isDue(each, now));
    due.ifPresent(reservation -> lapse.timeOut(reservation, held.orElseThrow(), now));
    return due.isPresent();
  }

  /**
   * Ends a pending reservation that could not be brought to its worker; the task goes to the next
   * one. If its time was over, it times out instead.
   *
   * @return whether it was pending
   */
  @Transactional
  public boolean cancel(WorkspaceSid workspace, ReservationSid sid) {
    return rows.find(workspace, sid).isPresent()
        && switch (answer(workspace, sid, new IfMatch.Any(), lapse::cancel)) {
          case Taken canceled -> true;
          case TooLate lapsed -> true;
          case NotPending settled -> false;
        };
  }

  /**
   * Keeps a pending reservation from lapsing while calls for it are set up, one set-up at a time.
   *
   * @return with the reservation as it was before, to be released with
   * @throws Refused if there is none, it has another version than expected, or calls for it are
   *     being set up already
   */
  @Transactional
  Answer hold(WorkspaceSid workspace, ReservationSid sid, Duration atMost, IfMatch match) {
    return answer(
        workspace,
        sid,
        match,
        (pending, held, now) -> {
          if (!rows.hold(pending, now, now.plus(atMost))) {
            throw Refused.invalid(
                "Expected reservation %s to have no calls on their way, but some are being set up",
                sid);
          }
          return pending;
        });
  }

  /** Its calls are set up, or were not: it lapses when it would have before it was held. */
  @Transactional
  void release(Reservation beforeHeld) {
    rows.release(beforeHeld);
  }

  /** Does the change to a pending reservation while its task is held; the first answer wins. */
  private Answer answer(WorkspaceSid workspace, ReservationSid sid, IfMatch match, Change change) {
    var now = log.now();
    tasks.holdPlaces(workspace);
    var task = rows.find(workspace, sid).map(Reservation::task).orElseThrow(Refused::notFound);
    var held = tasks.lock(workspace, task);
    var present = rows.find(workspace, sid).orElseThrow(Refused::notFound);
    match.check(present.version());
    if (present.status() != ReservationStatus.PENDING || held.isEmpty()) {
      return new NotPending(present);
    }
    if (isDue(present, now)) {
      lapse.timeOut(present, held.get(), now);
      return new TooLate(rows.find(workspace, sid).orElse(present));
    }
    return new Taken(change.of(present, held.get(), now));
  }

  private static boolean isDue(Reservation reservation, Instant now) {
    return reservation.status() == ReservationStatus.PENDING
        && !reservation.expiresAt().isAfter(now);
  }

  /** A page of what a worker is offered or works at: reservations that hold a unit of capacity. */
  public Page<Reservation> open(WorkspaceSid workspace, WorkerSid worker, PageRequest page) {
    return rows.openOf(workspace, worker, page);
  }

  /** A page of all that a worker was ever offered. */
  public Page<Reservation> list(WorkspaceSid workspace, WorkerSid worker, PageRequest page) {
    return rows.ofWorker(workspace, worker, new ReservationFilter(null, null), page);
  }

  /** The reservations of the tasks whom a change {@link Reservation#isConcernedSince concerns}. */
  public List<Reservation> concerned(
      WorkspaceSid workspace, Collection<TaskSid> tasks, Instant since) {
    return rows.concerned(workspace, tasks, since);
  }

  /** Those of the reservations that exist, in any order. */
  public List<Reservation> findAll(WorkspaceSid workspace, Collection<ReservationSid> sids) {
    return rows.findAll(workspace, sids);
  }

  public Optional<Reservation> find(WorkspaceSid workspace, ReservationSid sid) {
    return rows.find(workspace, sid);
  }
}
