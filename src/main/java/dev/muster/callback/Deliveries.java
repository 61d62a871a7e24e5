package dev.muster.callback;

import dev.muster.delivery.DeliverySid;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** What workflows' systems were told, for as long as it is kept. */
@Repository
class Deliveries {

  private static final int AT_ONCE = 1_000;

  private static final String OF_WORKFLOW =
      "SELECT * FROM callback_delivery WHERE workspace_sid = :workspace AND workflow_sid = :workflow";

  /** Of all workspaces: what is old anywhere is one look at one index. */
  private static final String CLEAN =
      """
      DELETE FROM callback_delivery d
      USING (SELECT workspace_sid, sid FROM callback_delivery
             WHERE created_at < :before AND status <> 'queued'
             ORDER BY created_at LIMIT :atOnce FOR UPDATE SKIP LOCKED) old
      WHERE d.workspace_sid = old.workspace_sid AND d.sid = old.sid
      """;

  private final JdbcClient jdbc;
  private final CallbackSettings settings;
  private final Clock clock;

  Deliveries(JdbcClient jdbc, CallbackSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /** In the order in which they were to be sent. */
  Page<Delivery> list(
      WorkspaceSid workspace, WorkflowSid workflow, DeliveryFilter filter, PageRequest page) {
    var status = filter.status();
    var reservation = filter.reservationSid();
    return Listing.of(jdbc, OF_WORKFLOW, "sid", Delivery::of)
        .with("workspace", workspace.value())
        .with("workflow", workflow.value())
        .filter("status = :status", "status", status == null ? null : status.wireName())
        .filter(
            "reservation_sid = :reservation",
            "reservation",
            reservation == null ? null : reservation.value())
        .page(page, delivery -> delivery.sid().value());
  }

  /**
   * The delivery.
   *
   * @throws Refused as not found
   */
  Delivery get(WorkspaceSid workspace, WorkflowSid workflow, DeliverySid sid) {
    return jdbc.sql(OF_WORKFLOW + " AND sid = :sid")
        .param("workspace", workspace.value())
        .param("workflow", workflow.value())
        .param("sid", sid.value())
        .query(Delivery::of)
        .optional()
        .orElseThrow(Refused::notFound);
  }

  /** Deletes what has been kept for long enough. */
  @Scheduled(
      initialDelayString = "${muster.callback.clean-every:10m}",
      fixedDelayString = "${muster.callback.clean-every:10m}")
  void clean() {
    var before = clock.instant().minus(settings.keepFor()).atOffset(ZoneOffset.UTC);
    int deleted;
    do {
      deleted = jdbc.sql(CLEAN).param("before", before).param("atOnce", AT_ONCE).update();
    } while (deleted == AT_ONCE);
  }
}
