package dev.muster.queue;

import dev.muster.rules.Attributes;
import dev.muster.rules.AttributesError;
import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Lists of task queues. */
@Repository
public class QueueList {

  private static final String HAS_MEMBER =
      """
      EXISTS (SELECT 1 FROM queue_member m
              WHERE m.workspace_sid = q.workspace_sid AND m.task_queue_sid = q.sid
                AND m.worker_sid = :workerSid)
      """;

  private final JdbcClient jdbc;
  private final TargetWorkers targetWorkers;

  QueueList(JdbcClient jdbc, TargetWorkers targetWorkers) {
    this.jdbc = jdbc;
    this.targetWorkers = targetWorkers;
  }

  /**
   * Lists queues in the order of their creation, or of their last update.
   *
   * @throws Refused if the hypothetical attributes are no JSON object
   */
  @Transactional(readOnly = true)
  public Page<TaskQueue> page(WorkspaceSid workspace, QueueFilter filter, PageRequest page) {
    var listing = listing(workspace, filter);
    if (!filter.byAttributes()) {
      return listing.page(page, queue -> queue.sid().value());
    }
    var attributes = parse(filter.evaluateWorkerAttributes());
    return listing.page(
        page,
        queue -> queue.sid().value(),
        queue -> targetWorkers.of(queue.sid(), queue.targetWorkers()).test(attributes));
  }

  private Listing<TaskQueue> listing(WorkspaceSid workspace, QueueFilter filter) {
    var worker = filter.workerSid();
    var listing =
        Listing.of(jdbc, QueueRows.SELECT, "q.sid", QueueRows.ROW)
            .with("workspace", workspace.value())
            .filter(
                "lower(q.friendly_name) = lower(:friendlyName)",
                "friendlyName",
                filter.friendlyName())
            .filter(HAS_MEMBER, "workerSid", worker == null ? null : worker.value());
    return filter.ordered() ? listing.orderBy("q.updated_at", !filter.descending()) : listing;
  }

  private static Attributes parse(@Nullable String json) {
    try {
      return Attributes.parse(String.valueOf(json));
    } catch (AttributesError error) {
      throw new Refused(
          Refusal.INVALID,
          "Expected EvaluateWorkerAttributes to be a JSON object, but it is none: "
              + error.getMessage());
    }
  }
}
