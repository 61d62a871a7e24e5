package dev.muster.reservation;

import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Multitasking;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Workers of a workspace that does not multitask: an offer moves them to the reservation activity
 * of its queue, an acceptance to the assignment activity. Who loses an offer without having
 * answered goes back to what was before.
 */
@Repository
class SingleTasking {

  private static final String OFFERED =
      """
      UPDATE reservation r SET previous_activity_sid = w.activity_sid
      FROM worker w, task_queue q
      WHERE r.workspace_sid = :workspace AND r.sid = ANY(:sids)
        AND w.workspace_sid = r.workspace_sid AND w.sid = r.worker_sid
        AND q.workspace_sid = r.workspace_sid AND q.sid = r.task_queue_sid AND q.reservation_activity_sid IS NOT NULL
      RETURNING r.worker_sid, q.reservation_activity_sid AS activity_sid
      """;

  private static final String ACCEPTED =
      """
      SELECT r.worker_sid, q.assignment_activity_sid AS activity_sid FROM reservation r
      JOIN task_queue q ON q.workspace_sid = r.workspace_sid AND q.sid = r.task_queue_sid
      WHERE r.workspace_sid = :workspace AND r.sid = ANY(:sids) AND q.assignment_activity_sid IS NOT NULL
      """;

  /** Somebody who went elsewhere meanwhile stays there. */
  private static final String WITHDRAWN =
      """
      SELECT r.worker_sid, a.sid AS activity_sid FROM reservation r
      JOIN task_queue q ON q.workspace_sid = r.workspace_sid AND q.sid = r.task_queue_sid
      JOIN worker w ON w.workspace_sid = r.workspace_sid AND w.sid = r.worker_sid
        AND w.activity_sid = q.reservation_activity_sid
      JOIN activity a ON a.workspace_sid = r.workspace_sid AND a.sid = r.previous_activity_sid
      WHERE r.workspace_sid = :workspace AND r.sid = ANY(:sids)
      """;

  private record Move(WorkerSid worker, ActivitySid activity) {}

  private final JdbcClient jdbc;
  private final Multitasking multitasking;
  private final Workers workers;

  SingleTasking(JdbcClient jdbc, Multitasking multitasking, Workers workers) {
    this.jdbc = jdbc;
    this.multitasking = multitasking;
    this.workers = workers;
  }

  void offered(List<Reservation> made, Instant now) {
    moveUnlessMultitasking(OFFERED, made, now);
  }

  void accepted(Reservation accepted, Instant now) {
    moveUnlessMultitasking(ACCEPTED, List.of(accepted), now);
  }

  /** Also whom an offer moved before the workspace began to multitask. */
  void withdrawn(List<Reservation> withdrawn, Instant now) {
    move(WITHDRAWN, withdrawn, now);
  }

  private void moveUnlessMultitasking(String moves, List<Reservation> reservations, Instant now) {
    if (!multitasking.isOn(reservations.getFirst().workspace())) {
      move(moves, reservations, now);
    }
  }

  private void move(String moves, List<Reservation> reservations, Instant now) {
    var workspace = reservations.getFirst().workspace();
    jdbc.sql(moves)
        .param("workspace", workspace.value())
        .param("sids", reservations.stream().map(r -> r.sid().value()).toArray(String[]::new))
        .query(
            (row, number) ->
                new Move(
                    new WorkerSid(row.getString("worker_sid")),
                    new ActivitySid(row.getString("activity_sid"))))
        .list()
        .forEach(move -> workers.moveTo(workspace, move.worker(), move.activity(), now));
  }
}
