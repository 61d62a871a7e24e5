package dev.muster.task;

import dev.muster.event.Event;
import dev.muster.event.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records what happens to tasks. */
@Component
public class TaskLog {

  private final Events events;

  TaskLog(Events events) {
    this.events = events;
  }

  /** Records events of one task that happened at the same moment, in order. */
  void record(Task task, Instant now, String... types) {
    var data = facts(task, now);
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
            .toList());
  }

  /** What every event about a task says of it. */
  public static Map<String, String> facts(Task task, Instant now) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("task_sid", task.sid().value());
    facts.put("task_attributes", task.attributes());
    facts.put(
        "task_age",
        String.valueOf(Math.max(0, Duration.between(task.createdAt(), now).toSeconds())));
    facts.put("task_priority", String.valueOf(task.priority()));
    facts.put("task_assignment_status", task.status().wireName());
    facts.put("task_version", String.valueOf(task.version()));
    facts.put("task_channel_sid", task.channel().value());
    put(facts, "task_channel_unique_name", task.channelName());
    facts.put("task_queue_sid", task.queue().value());
    put(facts, "task_queue_name", task.queueName());
    facts.put("workflow_sid", task.workflow().value());
    put(facts, "workflow_name", task.workflowName());
    put(facts, "reason", task.reason());
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.put(name, value);
    }
  }
}
