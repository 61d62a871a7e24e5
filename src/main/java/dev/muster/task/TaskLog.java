package dev.muster.task;

import dev.muster.event.Event;
import dev.muster.event.Events;
import dev.muster.workflow.Step;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What goes with a change of tasks: its instant, its events, and word to the other modules, inside
 * the transaction.
 */
@Component
public class TaskLog {

  private static final Events.Facts QUEUE =
      Events.Facts.of(
          """
          SELECT jsonb_build_object('task_queue_target_expression', q.target_workers) AS facts
          FROM task_queue q WHERE q.workspace_sid = e.workspace_sid AND q.sid = e.task_queue_sid
          """);

  private final Events events;
  private final KnownWorkers knownWorkers;
  private final ApplicationEventPublisher publisher;
  private final Clock clock;

  TaskLog(
      Events events, KnownWorkers knownWorkers, ApplicationEventPublisher publisher, Clock clock) {
    this.events = events;
    this.knownWorkers = knownWorkers;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Now, as fine as it can be stored: what is compared with it later must be no finer. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Tells that the task came to another stage or step. */
  void moved(Task task) {
    moved(task.workspace(), Map.of(task.sid(), task.version()));
  }

  /** Tells that tasks came to another stage; {@code versions} are those after the change. */
  void moved(WorkspaceSid workspace, Map<TaskSid, Integer> versions) {
    publisher.publishEvent(new TasksMoved(workspace, versions));
  }

  /** Lets the task's reservations follow it. */
  void changed(Task task, TaskChanged.What what) {
    publisher.publishEvent(new TaskChanged(task, what));
  }

  /** Lets what is open of handing a task on end. */
  void transferOver(Task task) {
    publisher.publishEvent(new TransferOver(task));
  }

  /** Asks for a matching round. */
  void workAvailable(WorkspaceSid workspace) {
    publisher.publishEvent(new WorkAvailable(workspace));
  }

  /** Records events of one task that happened at the same moment, in order. */
  void record(Task task, Instant now, String... types) {
    record(task, now, facts(task, now), types);
  }

  /**
   * Records events of a task's way through its workflow, which name the operator's policies that
   * had a say in it.
   */
  void routed(Task task, Instant now, String... types) {
    record(task, now, routingFacts(task, now), types);
  }

  /** Records that a task came into a step; if that is of another queue, of both queues. */
  void entered(Task before, Task after, Instant now) {
    if (!after.queue().equals(before.queue())) {
      record(before, now, routingFacts(before, now), "task-queue.moved");
    }
    var types = new ArrayList<String>();
    if (!after.queue().equals(before.queue())) {
      types.add("task-queue.entered");
    }
    if (after.filter() != Step.PLACED) {
      types.add("workflow.target-matched");
    }
    routed(after, now, types.toArray(String[]::new));
  }

  private void record(Task task, Instant now, Map<String, String> data, String... types) {
    knownWorkers.of(task).ifPresent(worker -> data.put("known_worker_sid", worker));
    events.record(
        Arrays.stream(types)
            .map(
                type ->
                    new Event(
                        task.workspace().value(),
                        type,
                        "task",
                        task.sid().value(),
                        now,
                        data,
                        task.sid().value(),
                        null,
                        null,
                        task.queue().value(),
                        task.workflow().value()))
            .toList(),
        QUEUE);
  }

  private static Map<String, String> routingFacts(Task task, Instant now) {
    var data = facts(task, now);
    putNames(data, "queue_closed_by", task.closedBy());
    putNames(data, "priority_lowered_by", task.loweredBy());
    return data;
  }

  /** Records what became of handing a task on. */
  void record(Task task, Transfer transfer, Instant now, String type) {
    var data = facts(task, now);
    data.putAll(transfer.facts());
    events.record(
        List.of(
            new Event(
                task.workspace().value(),
                type,
                "task",
                task.sid().value(),
                now,
                data,
                task.sid().value(),
                transfer.initiatingWorker().value(),
                transfer.initiatingReservation(),
                task.queue().value(),
                task.workflow().value())),
        QUEUE);
  }

  /** What every event about a task says of it. */
  public static Map<String, String> facts(Task task, Instant now) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("task_sid", task.sid().value());
    facts.put("task_attributes", task.attributes());
    var age = age(task.createdAt(), now);
    facts.put("task_age", String.valueOf(age.toSeconds()));
    facts.put("task_age_ms", String.valueOf(age.toMillis()));
    facts.put("task_age_in_queue_ms", String.valueOf(age(task.queueEnteredAt(), now).toMillis()));
    facts.put("task_priority", String.valueOf(task.priority()));
    facts.put("task_assignment_status", task.status().wireName());
    facts.put("task_version", String.valueOf(task.version()));
    facts.put("task_date_created", seconds(task.createdAt()));
    facts.put("task_queue_entered_date", seconds(task.queueEnteredAt()));
    facts.put("task_virtual_start_time", seconds(task.virtualStartAt()));
    facts.put("task_ignore_capacity", String.valueOf(task.ignoreCapacity()));
    facts.put("task_channel_sid", task.channel().value());
    put(facts, "task_channel_unique_name", task.channelName());
    facts.put("task_queue_sid", task.queue().value());
    put(facts, "task_queue_name", task.queueName());
    facts.put("workflow_sid", task.workflow().value());
    put(facts, "workflow_name", task.workflowName());
    put(facts, "reason", task.reason());
    switch (task.status()) {
      case CANCELED -> put(facts, "task_canceled_reason", task.reason());
      case WRAPPING, COMPLETED -> put(facts, "task_completed_reason", task.reason());
      case PENDING, RESERVED, ASSIGNED -> {}
    }
    return facts;
  }

  private static Duration age(Instant since, Instant now) {
    return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }

  private static String seconds(Instant instant) {
    return Long.toString(instant.getEpochSecond());
  }

  private static void putNames(Map<String, String> facts, String name, List<String> policies) {
    if (!policies.isEmpty()) {
      facts.put(name, String.join(", ", policies));
    }
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.put(name, value);
    }
  }
}
