package dev.muster.reservation;

import dev.muster.task.TaskSid;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reservations as they are stored; every change is guarded by the status it leaves. */
@Repository
class ReservationRows {

  private static final String SELECT = "SELECT * FROM reservation WHERE workspace_sid = :workspace";

  /** In these words, which are those of an index. */
  private static final String IS_OPEN = "status IN ('pending', 'accepted', 'wrapping')";

  static final String OPEN_OF = SELECT + " AND worker_sid = :worker AND " + IS_OPEN;

  static final String PENDING_OF =
      SELECT + " AND worker_sid = :worker AND status = 'pending' ORDER BY task_sid";

  private static final String END_PENDING =
      """
      UPDATE reservation SET status = :status, answered_at = :now, version = version + 1, updated_at = :now
      WHERE workspace_sid = :workspace AND sid = :sid AND status = 'pending'
      RETURNING *
      """;

  private static final String END_ALL =
      """
      UPDATE reservation SET status = :status, answered_at = coalesce(answered_at, :now), version = version + 1,
        updated_at = :now, wrapping_at = CASE WHEN :status = 'wrapping' THEN :now ELSE wrapping_at END
      WHERE workspace_sid = :workspace AND task_sid = :task AND status = :from
      RETURNING *
      """;

  private static final String HOLD =
      """
      UPDATE reservation SET connecting_until = :until, expires_at = greatest(expires_at, :until)
      WHERE workspace_sid = :workspace AND sid = :sid AND status = 'pending'
        AND (connecting_until IS NULL OR connecting_until <= :now)
      """;

  private static final String RELEASE =
      """
      UPDATE reservation SET connecting_until = NULL, expires_at = :expiresAt
      WHERE workspace_sid = :workspace AND sid = :sid AND status = 'pending'
      """;

  private static final String SET_POST_WORK =
      """
      UPDATE reservation SET post_work_activity_sid = :activity
      WHERE workspace_sid = :workspace AND sid = :sid
      """;

  private final JdbcClient jdbc;

  ReservationRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Reservation> find(WorkspaceSid workspace, ReservationSid sid) {
    return jdbc.sql(SELECT + " AND sid = :sid")
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .query(Reservation::of)
        .optional();
  }

  /** Ends one reservation that is pending; empty if it no longer is. */
  Optional<Reservation> answer(
      WorkspaceSid workspace, ReservationSid sid, ReservationStatus status, Instant now) {
    return jdbc.sql(END_PENDING)
        .param("workspace", workspace.value())
        .param("sid", sid.value())
        .param("status", status.wireName())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Reservation::of)
        .optional();
  }

  /**
   * Keeps a pending reservation from lapsing before {@code until}; false if it no longer is pending
   * or somebody else keeps it so.
   */
  boolean hold(Reservation pending, Instant now, Instant until) {
    return jdbc.sql(HOLD)
            .param("workspace", pending.workspace().value())
            .param("sid", pending.sid().value())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("until", until.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Lets a reservation lapse when it would have before it was held, if it is still pending. */
  void release(Reservation beforeHeld) {
    jdbc.sql(RELEASE)
        .param("workspace", beforeHeld.workspace().value())
        .param("sid", beforeHeld.sid().value())
        .param("expiresAt", beforeHeld.expiresAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Notes what the worker does once the task is completed. */
  void setPostWork(Reservation reservation, ActivitySid activity) {
    jdbc.sql(SET_POST_WORK)
        .param("workspace", reservation.workspace().value())
        .param("sid", reservation.sid().value())
        .param("activity", activity.value())
        .update();
  }

  /** Changes all reservations of a task that have a status to another. */
  List<Reservation> change(
      WorkspaceSid workspace,
      TaskSid task,
      ReservationStatus from,
      ReservationStatus to,
      Instant now) {
    return jdbc.sql(END_ALL)
        .param("workspace", workspace.value())
        .param("task", task.value())
        .param("from", from.wireName())
        .param("status", to.wireName())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Reservation::of)
        .list();
  }

  /** Whether a task has a reservation of that status. */
  boolean any(WorkspaceSid workspace, TaskSid task, ReservationStatus status) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM reservation
              WHERE workspace_sid = :workspace AND task_sid = :task AND status = :status)
            """)
        .param("workspace", workspace.value())
        .param("task", task.value())
        .param("status", status.wireName())
        .query(Boolean.class)
        .single();
  }

  /** The reservations of a task that hold units of capacity. */
  List<Reservation> open(WorkspaceSid workspace, TaskSid task) {
    return jdbc.sql(SELECT + " AND task_sid = :task AND " + IS_OPEN)
        .param("workspace", workspace.value())
        .param("task", task.value())
        .query(Reservation::of)
        .list();
  }

  Page<Reservation> openOf(WorkspaceSid workspace, WorkerSid worker, PageRequest page) {
    return Listing.of(jdbc, OPEN_OF, "sid", Reservation::of)
        .with("workspace", workspace.value())
        .with("worker", worker.value())
        .page(page, reservation -> reservation.sid().value());
  }

  List<Reservation> concerned(WorkspaceSid workspace, Collection<TaskSid> tasks, Instant since) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            SELECT + " AND task_sid = ANY(:tasks) AND (updated_at >= :since OR " + IS_OPEN + ")")
        .param("workspace", workspace.value())
        .param("tasks", tasks.stream().map(TaskSid::value).toArray(String[]::new))
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(Reservation::of)
        .list();
  }

  List<Reservation> findAll(WorkspaceSid workspace, Collection<ReservationSid> sids) {
    if (sids.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(SELECT + " AND sid = ANY(:sids)")
        .param("workspace", workspace.value())
        .param("sids", sids.stream().map(ReservationSid::value).toArray(String[]::new))
        .query(Reservation::of)
        .list();
  }

  List<Reservation> pendingOf(WorkspaceSid workspace, WorkerSid worker) {
    return jdbc.sql(PENDING_OF)
        .param("workspace", workspace.value())
        .param("worker", worker.value())
        .query(Reservation::of)
        .list();
  }

  Page<Reservation> ofTask(
      WorkspaceSid workspace, TaskSid task, ReservationFilter filter, PageRequest page) {
    return list(" AND task_sid = :parent", workspace, task.value(), filter, page);
  }

  Page<Reservation> ofWorker(
      WorkspaceSid workspace, WorkerSid worker, ReservationFilter filter, PageRequest page) {
    return list(" AND worker_sid = :parent", workspace, worker.value(), filter, page);
  }

  private Page<Reservation> list(
      String ofParent,
      WorkspaceSid workspace,
      String parent,
      ReservationFilter filter,
      PageRequest page) {
    return Listing.of(jdbc, SELECT + ofParent, "sid", Reservation::of)
        .with("workspace", workspace.value())
        .with("parent", parent)
        .filter("status = :status", "status", wireName(filter.reservationStatus()))
        .filter("worker_sid = :worker", "worker", text(filter.workerSid()))
        .page(page, reservation -> reservation.sid().value());
  }

  private static @Nullable String wireName(@Nullable ReservationStatus status) {
    return status == null ? null : status.wireName();
  }

  private static @Nullable String text(@Nullable Record sid) {
    return sid == null ? null : sid.toString();
  }

  /** Deletes the reservations of tasks. */
  void delete(WorkspaceSid workspace, List<TaskSid> tasks) {
    jdbc.sql("DELETE FROM reservation WHERE workspace_sid = :workspace AND task_sid = ANY(:tasks)")
        .param("workspace", workspace.value())
        .param("tasks", tasks.stream().map(TaskSid::value).toArray(String[]::new))
        .update();
  }

  void deleteAll(WorkspaceSid workspace) {
    jdbc.sql("DELETE FROM reservation WHERE workspace_sid = :workspace")
        .param("workspace", workspace.value())
        .update();
  }

  /** Writes new reservations, in one statement. */
  void insert(List<Reservation> reservations) {
    jdbc.sql(
            """
            INSERT INTO reservation (workspace_sid, sid, task_sid, worker_sid, worker_name, task_queue_sid,
              task_channel_sid, workflow_sid, status, expires_at, version, created_at, updated_at)
            SELECT :workspace, r.sid, r.task, r.worker, r.name, r.queue, r.channel, r.workflow, 'pending',
              r.expires_at::timestamptz, 1, :now, :now
            FROM unnest(:sids::text[], :tasks::text[], :workers::text[], :names::text[], :queues::text[],
              :channels::text[], :workflows::text[], :expiries::text[])
              AS r (sid, task, worker, name, queue, channel, workflow, expires_at)
            """)
        .param("workspace", reservations.getFirst().workspace().value())
        .param("now", reservations.getFirst().createdAt().atOffset(ZoneOffset.UTC))
        .param("sids", texts(reservations, r -> r.sid().value()))
        .param("tasks", texts(reservations, r -> r.task().value()))
        .param("workers", texts(reservations, r -> r.worker().value()))
        .param("names", texts(reservations, Reservation::workerName))
        .param("queues", texts(reservations, r -> r.queue().value()))
        .param("channels", texts(reservations, r -> r.channel().value()))
        .param("workflows", texts(reservations, r -> text(r.workflow())))
        .param("expiries", texts(reservations, r -> r.expiresAt().toString()))
        .update();
  }

  private static @Nullable String[] texts(
      List<Reservation> reservations, Function<Reservation, @Nullable String> text) {
    return reservations.stream().map(text).toArray(String[]::new);
  }
}
