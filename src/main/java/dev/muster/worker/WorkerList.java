package dev.muster.worker;

import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.ExpressionError;
import dev.muster.rules.Scope;
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

/** Lists of workers. */
@Repository
public class WorkerList {

  private static final String IN_QUEUE_OF_SID =
      """
      EXISTS (SELECT 1 FROM queue_member m
              WHERE m.workspace_sid = w.workspace_sid AND m.worker_sid = w.sid
                AND m.task_queue_sid = :taskQueueSid)
      """;

  private static final String IN_QUEUE_OF_NAME =
      """
      EXISTS (SELECT 1
              FROM task_queue q
              JOIN queue_member m ON m.workspace_sid = q.workspace_sid AND m.task_queue_sid = q.sid
              WHERE q.workspace_sid = w.workspace_sid AND m.worker_sid = w.sid
                AND lower(q.friendly_name) = lower(:taskQueueName))
      """;

  private final JdbcClient jdbc;

  WorkerList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Lists workers in the order of their creation, or of their last change of activity.
   *
   * @throws Refused if the filter's expression cannot be read
   */
  @Transactional(readOnly = true)
  public Page<Worker> page(WorkspaceSid workspace, WorkerFilter filter, PageRequest page) {
    var listing = listing(workspace, filter);
    if (!filter.byExpression()) {
      return listing.page(page, worker -> worker.sid().value());
    }
    var expression = parse(filter.targetWorkersExpression());
    return listing.page(
        page, worker -> worker.sid().value(), worker -> expression.test(scope(worker)));
  }

  private Listing<Worker> listing(WorkspaceSid workspace, WorkerFilter filter) {
    var activity = filter.activitySid();
    var listing =
        Listing.of(jdbc, WorkerRows.SELECT, "w.sid", WorkerRows.ROW)
            .with("workspace", workspace.value())
            .filter(
                "lower(a.friendly_name) = lower(:activityName)",
                "activityName",
                filter.activityName())
            .filter(
                "w.activity_sid = :activitySid",
                "activitySid",
                activity == null ? null : activity.value())
            .filter("w.available = :available", "available", filter.available())
            .filter(
                "lower(w.friendly_name) = lower(:friendlyName)",
                "friendlyName",
                filter.friendlyName())
            .filter(IN_QUEUE_OF_SID, "taskQueueSid", filter.taskQueueSid())
            .filter(IN_QUEUE_OF_NAME, "taskQueueName", filter.taskQueueName());
    return filter.ordered()
        ? listing.orderBy("w.status_changed_at", !filter.descending())
        : listing;
  }

  private static Expression parse(@Nullable String text) {
    try {
      return Expression.parse(String.valueOf(text));
    } catch (ExpressionError error) {
      throw new Refused(
          Refusal.INVALID,
          "Expected TargetWorkersExpression to be an expression, but it is none: "
              + error.getMessage());
    }
  }

  private static Scope scope(Worker worker) {
    return Scope.unprefixed(
        Attributes.parse(worker.attributes()),
        name ->
            switch (name) {
              case "sid" -> worker.sid().value();
              case "friendly_name" -> worker.friendlyName();
              case "activity_sid" -> worker.activitySid().value();
              case "activity_name" -> worker.activityName();
              default -> null;
            });
  }
}
