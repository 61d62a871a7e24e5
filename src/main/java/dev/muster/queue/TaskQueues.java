package dev.muster.queue;

import dev.muster.event.Event;
import dev.muster.event.Events;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The task queues of workspaces. */
@Service
public class TaskQueues {

  private static final Logger LOG = LoggerFactory.getLogger(TaskQueues.class);

  private static final int LIMIT = 5_000;

  private static final QueueSettings DEFAULTS =
      new QueueSettings(null, "1==1", 1, TaskOrder.FIFO, null, null);

  private final QueueRows rows;
  private final Membership membership;
  private final Events events;
  private final ApplicationEventPublisher publisher;
  private final Clock clock;

  TaskQueues(
      QueueRows rows,
      Membership membership,
      Events events,
      ApplicationEventPublisher publisher,
      Clock clock) {
    this.rows = rows;
    this.membership = membership;
    this.events = events;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Creates a queue and finds its members.
   *
   * @throws Refused if the name is missing or taken, the expression cannot be read, or an activity
   *     does not exist, or the workspace has 5,000 queues
   */
  @Transactional
  public TaskQueue create(WorkspaceSid workspace, QueueSettings settings) {
    var now = clock.instant();
    var wanted = settings.over(DEFAULTS);
    checkExpression(settings);
    membership.hold(workspace);
    if (rows.count(workspace) >= LIMIT) {
      throw Refused.invalid(
          "Expected at most %d task queues in workspace %s, but it has them already",
          LIMIT, workspace);
    }
    var queue = insert(workspace, wanted, now);
    record(workspace, "task-queue.created", queue, now);
    membership.follow(workspace, queue.sid(), queue.targetWorkers());
    LOG.info("Queue {} created", queue.sid());
    return queue;
  }

  @Transactional(readOnly = true)
  public Optional<TaskQueue> find(WorkspaceSid workspace, TaskQueueSid sid) {
    return rows.find(workspace, sid);
  }

  @Transactional(readOnly = true)
  public TaskQueue get(WorkspaceSid workspace, TaskQueueSid sid) {
    return find(workspace, sid).orElseThrow(Refused::notFound);
  }

  /**
   * The queues that a document is about to name: each by its sid, or by its friendly name whatever
   * the case. What names none is left out. The queues cannot be deleted before the transaction
   * ends.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<String, TaskQueueSid> hold(WorkspaceSid workspace, Collection<String> named) {
    return rows.holdNamed(workspace, named);
  }

  /** The friendly names of all queues, by sid. */
  @Transactional(readOnly = true)
  public Map<String, String> names(WorkspaceSid workspace) {
    return rows.names(workspace);
  }

  /**
   * Changes a queue; its members follow its expression.
   *
   * @throws Refused as {@link #create} does
   */
  @Transactional
  public TaskQueue update(WorkspaceSid workspace, TaskQueueSid sid, QueueSettings settings) {
    if (settings.targetWorkers() != null) {
      checkExpression(settings);
      membership.hold(workspace);
    }
    var before = rows.hold(workspace, sid).orElseThrow(Refused::notFound);
    var wanted = settings.over(QueueSettings.of(before));
    if (wanted.equals(QueueSettings.of(before))) {
      return before;
    }
    var now = clock.instant();
    var after = write(workspace, sid, wanted, now);
    follow(workspace, before, after, now);
    LOG.info("Queue {} changed", sid);
    return after;
  }

  /**
   * Deletes a queue.
   *
   * @throws Refused while live tasks are in it, or a workflow names it whose version is current or
   *     is followed by live tasks
   */
  @Transactional
  public void delete(WorkspaceSid workspace, TaskQueueSid sid) {
    membership.hold(workspace);
    var queue = rows.holdToDelete(workspace, sid).orElseThrow(Refused::notFound);
    var tasks = rows.liveTasks(workspace, sid);
    if (tasks > 0) {
      throw Refused.invalid(
          "Expected to delete queue %s, but %d pending, reserved, assigned or wrapping tasks are in it",
          sid, tasks);
    }
    var workflows = rows.workflows(workspace, sid);
    if (!workflows.isEmpty()) {
      throw Refused.invalid(
          "Expected to delete queue %s, but it is named by workflow %s",
          sid, String.join(", ", workflows));
    }
    rows.delete(workspace, sid);
    record(workspace, "task-queue.deleted", queue, clock.instant());
    LOG.info("Queue {} deleted", sid);
  }

  private void follow(WorkspaceSid workspace, TaskQueue before, TaskQueue after, Instant now) {
    if (!after.targetWorkers().equals(before.targetWorkers())) {
      record(workspace, "task-queue.expression.updated", after, now);
      membership.follow(workspace, after.sid(), after.targetWorkers());
    }
    if (after.taskOrder() != before.taskOrder()) {
      publisher.publishEvent(new TaskOrderChanged(workspace, after.sid(), after.taskOrder()));
    }
  }

  private TaskQueue insert(WorkspaceSid workspace, QueueSettings wanted, Instant now) {
    var sid = TaskQueueSid.next();
    rows.holdActivities(workspace, wanted);
    try {
      rows.insert(workspace, sid, wanted, now);
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
    return get(workspace, sid);
  }

  private TaskQueue write(
      WorkspaceSid workspace, TaskQueueSid sid, QueueSettings wanted, Instant now) {
    rows.holdActivities(workspace, wanted);
    try {
      rows.update(workspace, sid, wanted, now);
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
    return get(workspace, sid);
  }

  private void record(WorkspaceSid workspace, String type, TaskQueue queue, Instant now) {
    var sid = queue.sid().value();
    var data =
        Map.of(
            "task_queue_sid", sid,
            "task_queue_name", queue.friendlyName(),
            "task_queue_target_expression", queue.targetWorkers());
    events.record(
        new Event(
            workspace.value(), type, "taskqueue", sid, now, data, null, null, null, sid, null));
  }

  private static void checkExpression(QueueSettings settings) {
    if (settings.targetWorkers() != null) {
      TargetWorkers.check(settings.targetWorkers());
    }
  }

  private static Refused nameTaken() {
    return Refused.invalid("TaskQueue with the same friendly name already exists");
  }
}
