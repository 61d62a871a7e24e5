package dev.muster.callback;

import dev.muster.delivery.DeliverySid;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.ReservationsOffered;
import dev.muster.workspace.WorkspaceDeleted;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes down what is to be told, in the transaction of the offer: it is told if that commits. */
@Repository
class CallbackOutbox {

  private static final String OFFERED =
      """
      INSERT INTO callback_delivery (workspace_sid, sid, account_sid, workflow_sid, task_sid, reservation_sid,
        request_url, fallback_url, status, created_at)
      SELECT r.workspace_sid, offered.sid, s.account_sid, w.sid, r.task_sid, r.sid,
        w.assignment_callback_url, w.fallback_assignment_callback_url, 'queued', :now
      FROM unnest(:sids::text[], :reservations::text[]) AS offered (sid, reservation_sid)
      JOIN reservation r ON r.workspace_sid = :workspace AND r.sid = offered.reservation_sid
      JOIN task t ON t.workspace_sid = r.workspace_sid AND t.sid = r.task_sid
      JOIN workflow w ON w.workspace_sid = t.workspace_sid AND w.sid = t.workflow_sid
      JOIN workspace s ON s.sid = r.workspace_sid
      WHERE w.assignment_callback_url IS NOT NULL
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  CallbackOutbox(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @EventListener
  void on(ReservationsOffered offered) {
    var reservations = offered.reservations();
    jdbc.sql(OFFERED)
        .param("workspace", offered.workspace().value())
        .param(
            "sids",
            reservations.stream().map(each -> DeliverySid.next().value()).toArray(String[]::new))
        .param(
            "reservations", reservations.stream().map(ReservationSid::value).toArray(String[]::new))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  @EventListener
  void on(WorkspaceDeleted deleted) {
    jdbc.sql("DELETE FROM callback_delivery WHERE workspace_sid = :workspace")
        .param("workspace", deleted.workspace().value())
        .update();
  }
}
