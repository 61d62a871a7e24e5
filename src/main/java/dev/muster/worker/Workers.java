package dev.muster.worker;

import dev.muster.rules.Attributes;
import dev.muster.rules.AttributesError;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.Activities;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The workers of workspaces.
 *
 * <p>Locks are taken in this order, here and by every module above: the {@link Roster}, rows of
 * tasks and reservations, rows of workers by sid, rows of their channels. A channel changes only
 * under the lock of its worker.
 */
@Service
public class Workers {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final WorkerRows rows;
  private final WorkerEvents events;
  private final Roster roster;
  private final Activities activities;
  private final Clock clock;

  Workers(WorkerRows rows, WorkerEvents events, Roster roster, Activities activities, Clock clock) {
    this.rows = rows;
    this.events = events;
    this.roster = roster;
    this.activities = activities;
    this.clock = clock;
  }

  /**
   * Creates a worker, with a channel for every task channel.
   *
   * @throws Refused if the name is taken, the activity does not exist, or the attributes are no
   *     JSON object of at most 4,096 characters
   */
  @Transactional
  public Worker create(WorkspaceSid workspace, NewWorker worker) {
    var now = clock.instant();
    var attributes = worker.attributes() == null ? "{}" : checked(worker.attributes());
    roster.share(workspace);
    var created = insert(workspace, worker, attributes, now);
    events.created(workspace, created);
    LOG.info("Worker {} created in {}", created.sid(), created.activitySid());
    return created;
  }

  @Transactional(readOnly = true)
  public Optional<Worker> find(WorkspaceSid workspace, WorkerSid sid) {
    return rows.find(workspace, sid);
  }

  @Transactional(readOnly = true)
  public Worker get(WorkspaceSid workspace, WorkerSid sid) {
    return find(workspace, sid).orElseThrow(Refused::notFound);
  }

  /**
   * Changes a worker.
   *
   * @throws Refused as {@link #create} does; as stale if the version is another; as invalid if
   *     pending reservations are to be rejected without going to an unavailable activity
   */
  @Transactional
  public Worker update(
      WorkspaceSid workspace, WorkerSid sid, WorkerChange change, IfMatch ifMatch) {
    if (change.attributes() != null) {
      checked(change.attributes());
      roster.share(workspace);
    }
    if (change.rejectPendingReservations()) {
      refusePendingReservations(workspace, sid, change.activitySid());
    }
    var before = rows.hold(workspace, sid).orElseThrow(Refused::notFound);
    ifMatch.check(before.version());
    return change(workspace, before, change, clock.instant());
  }

  /**
   * Moves a worker to an activity; does nothing if it is there already or no longer exists.
   *
   * @throws Refused if the activity does not exist
   */
  @Transactional
  public void moveTo(WorkspaceSid workspace, WorkerSid sid, ActivitySid activity, Instant now) {
    var change = new WorkerChange(null, null, activity, false);
    rows.hold(workspace, sid).ifPresent(before -> change(workspace, before, change, now));
  }

  /**
   * Deletes a worker and its channels.
   *
   * @throws Refused as stale if the version is another; as invalid while the worker holds
   *     reservations
   */
  @Transactional
  public void delete(WorkspaceSid workspace, WorkerSid sid, IfMatch ifMatch) {
    roster.share(workspace);
    var worker = rows.holdToDelete(workspace, sid).orElseThrow(Refused::notFound);
    ifMatch.check(worker.version());
    var held = rows.liveReservations(workspace, sid);
    if (held > 0) {
      throw Refused.invalid(
          "Expected to delete worker %s, but it holds %d pending, accepted or wrapping reservations: end them first",
          sid, held);
    }
    rows.delete(workspace, sid);
    events.deleted(workspace, worker, clock.instant());
    LOG.info("Worker {} deleted", sid);
  }

  private Worker insert(WorkspaceSid workspace, NewWorker worker, String attributes, Instant now) {
    try {
      return rows.insert(workspace, worker, attributes, now)
          .orElseThrow(() -> noSuchActivity(worker.activitySid()));
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
  }

  /** Changes what differs, under the lock of the worker's row. */
  private Worker change(WorkspaceSid workspace, Worker before, WorkerChange change, Instant now) {
    var wanted = WorkerState.of(before).with(change);
    if (wanted.equals(WorkerState.of(before))) {
      return before;
    }
    var after = write(workspace, before, wanted, now);
    events.changed(workspace, before, after, now);
    if (!after.activitySid().equals(before.activitySid())) {
      LOG.info(
          "Worker {} went from {} to {}", after.sid(), before.activitySid(), after.activitySid());
    }
    return after;
  }

  private Worker write(WorkspaceSid workspace, Worker before, WorkerState wanted, Instant now) {
    try {
      return rows.update(workspace, before, wanted, now)
          .orElseThrow(() -> noSuchActivity(wanted.activitySid()));
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
  }

  private void refusePendingReservations(
      WorkspaceSid workspace, WorkerSid sid, @Nullable ActivitySid activity) {
    if (activity == null) {
      throw Refused.invalid(
          "Expected ActivitySid of an unavailable activity with RejectPendingReservations, but ActivitySid is missing");
    }
    var target = activities.find(workspace, activity).orElseThrow(() -> noSuchActivity(activity));
    if (target.available()) {
      throw Refused.invalid(
          "Expected ActivitySid of an unavailable activity with RejectPendingReservations, but %s is available",
          activity);
    }
    events.pendingReservationsRefused(workspace, sid);
  }

  private static String checked(String attributes) {
    try {
      Attributes.parse(attributes);
      return attributes;
    } catch (AttributesError error) {
      throw new Refused(
          Refusal.INVALID,
          "Expected Attributes to be a JSON object, but it is none: " + error.getMessage());
    }
  }

  private static Refused nameTaken() {
    return Refused.invalid("Worker with the same friendly name already exists");
  }

  private static Refused noSuchActivity(@Nullable ActivitySid activity) {
    return Refused.invalid(
        "Expected ActivitySid to name an activity of the workspace, but there is no %s",
        Objects.toString(activity, "default activity"));
  }
}
