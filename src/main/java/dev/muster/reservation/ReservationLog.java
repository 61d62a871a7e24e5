package dev.muster.reservation;

import dev.muster.event.Event;
import dev.muster.event.Events;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What goes with a change of reservations: its instant and its events. */
@Component
class ReservationLog {

  /**
   * What the events of tasks and of workers say, of those of a reservation. Names are looked up one
   * by one, and OFFSET keeps the query by itself: as one join of ten tables it took longer to plan
   * than to run.
   */
  private static final Events.Facts TASK_AND_WORKER =
      Events.Facts.of(
          """
          SELECT jsonb_strip_nulls(jsonb_build_object(
            'task_attributes', t.attributes,
            'task_age', greatest(0, floor(extract(epoch FROM e.at::timestamptz - t.created_at)))::bigint::text,
            'task_age_ms', greatest(0, floor(1000 * extract(epoch FROM e.at::timestamptz - t.created_at)))::bigint::text,
            'task_age_in_queue_ms', CASE WHEN t.task_queue_sid = r.task_queue_sid THEN
              greatest(0, floor(1000 * extract(epoch FROM e.at::timestamptz - t.queue_entered_at)))::bigint::text END,
            'reservation_wrap_up_ms', CASE WHEN e.type = 'reservation.completed' THEN
              greatest(0, floor(1000 * extract(epoch FROM e.at::timestamptz - r.wrapping_at)))::bigint::text END,
            'task_priority', t.priority::text,
            'task_assignment_status', t.status,
            'task_version', t.version::text,
            'task_date_created', floor(extract(epoch FROM t.created_at))::bigint::text,
            'task_queue_entered_date', floor(extract(epoch FROM t.queue_entered_at))::bigint::text,
            'task_virtual_start_time', floor(extract(epoch FROM t.virtual_start_at))::bigint::text,
            'task_ignore_capacity', t.ignore_capacity::text,
            'task_channel_sid', t.task_channel_sid,
            'task_channel_unique_name', (SELECT c.unique_name FROM task_channel c
              WHERE c.workspace_sid = t.workspace_sid AND c.sid = t.task_channel_sid),
            'task_queue_name', (SELECT q.friendly_name FROM task_queue q
              WHERE q.workspace_sid = r.workspace_sid AND q.sid = r.task_queue_sid),
            'task_queue_target_expression', (SELECT q.target_workers FROM task_queue q
              WHERE q.workspace_sid = r.workspace_sid AND q.sid = r.task_queue_sid),
            'workflow_sid', coalesce(r.workflow_sid, t.workflow_sid),
            'workflow_name', (SELECT f.friendly_name FROM workflow f
              WHERE f.workspace_sid = t.workspace_sid AND f.sid = coalesce(r.workflow_sid, t.workflow_sid)),
            'reason', t.reason,
            'task_canceled_reason', CASE WHEN t.status = 'canceled' THEN t.reason END,
            'task_completed_reason', CASE WHEN t.status IN ('wrapping', 'completed') THEN t.reason END)
            || CASE WHEN e.type = 'reservation.failed' THEN '{}' ELSE jsonb_build_object(
              'worker_sid', k.sid,
              'worker_name', k.friendly_name,
              'worker_attributes', k.attributes,
              'worker_activity_sid', k.activity_sid,
              'worker_activity_name', (SELECT a.friendly_name FROM activity a
                WHERE a.workspace_sid = k.workspace_sid AND a.sid = k.activity_sid),
              'worker_version', k.version::text,
              'worker_channel_capacity', (SELECT u.capacity::text FROM worker_channel u
                WHERE u.workspace_sid = r.workspace_sid AND u.worker_sid = r.worker_sid
                  AND u.task_channel_sid = r.task_channel_sid),
              'worker_channel_consumed_capacity', (SELECT u.reserved::text FROM worker_channel u
                WHERE u.workspace_sid = r.workspace_sid AND u.worker_sid = r.worker_sid
                  AND u.task_channel_sid = r.task_channel_sid)) END) AS facts
          FROM reservation r
          JOIN task t ON t.workspace_sid = r.workspace_sid AND t.sid = r.task_sid
          LEFT JOIN worker k ON k.workspace_sid = r.workspace_sid AND k.sid = r.worker_sid
          WHERE r.workspace_sid = e.workspace_sid AND r.sid = e.reservation_sid
          OFFSET 0
          """);

  private final Events events;
  private final Clock clock;

  ReservationLog(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** Now, as fine as it can be stored: what is compared with it later must be no finer. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  void record(String type, Collection<Reservation> reservations, Instant now) {
    events.record(
        reservations.stream()
            .map(reservation -> event(type, reservation, facts(reservation), now))
            .toList(),
        TASK_AND_WORKER);
  }

  /** Records an acceptance, by which another worker may have handed the task on. */
  void accepted(Reservation reservation, boolean handedOn, Instant now) {
    var facts = facts(reservation);
    if (handedOn) {
      facts.put("task_handed_on", "true");
    }
    events.record(List.of(event("reservation.accepted", reservation, facts, now)), TASK_AND_WORKER);
  }

  private static Map<String, String> facts(Reservation reservation) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("reservation_sid", reservation.sid().value());
    facts.put("reservation_version", String.valueOf(reservation.version()));
    facts.put("task_sid", reservation.task().value());
    facts.put("task_queue_sid", reservation.queue().value());
    return facts;
  }

  private static Event event(
      String type, Reservation reservation, Map<String, String> facts, Instant now) {
    var workflow = reservation.workflow();
    return new Event(
        reservation.workspace().value(),
        type,
        "reservation",
        reservation.sid().value(),
        now,
        facts,
        reservation.task().value(),
        reservation.worker().value(),
        reservation.sid().value(),
        reservation.queue().value(),
        workflow == null ? null : workflow.value());
  }
}
