package dev.muster.task;

import dev.muster.rules.Attributes;
import dev.muster.task.TaskForms.TaskUpdate;
import dev.muster.web.Refused;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.TaskChannels;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Changes what a task says of itself; one for which a worker is looked for is then matched by what
 * it says now.
 */
@Repository
class TaskEdits {

  private static final String EDIT =
      """
      WITH t AS (
        UPDATE task t SET attributes = :attributes, priority = :priority, priority_lowered_by = :loweredBy,
          virtual_start_at = :virtualStartAt, task_channel_sid = :channel,
          demand_class = coalesce(:demandClass::uuid, t.demand_class),
          version = t.version + 1, updated_at = :now,
      """
          + TaskRanks.SET
          + """
        FROM task_queue q
        WHERE t.workspace_sid = :workspace AND t.sid = :sid
          AND q.workspace_sid = t.workspace_sid AND q.sid = t.task_queue_sid
        RETURNING t.*)
      """
          + Task.NAMED.formatted("t");

  private final JdbcClient jdbc;
  private final TaskChannels channels;
  private final TaskPlaces places;
  private final Reevaluation reevaluation;
  private final TaskLog log;

  TaskEdits(
      JdbcClient jdbc,
      TaskChannels channels,
      TaskPlaces places,
      Reevaluation reevaluation,
      TaskLog log) {
    this.jdbc = jdbc;
    this.channels = channels;
    this.places = places;
    this.reevaluation = reevaluation;
    this.log = log;
  }

  /**
   * Writes what the form says of the task, which is held, as are the places if it may be led to
   * another step or names a channel; its priority only as far as the operator lets it.
   *
   * @throws Refused if a value does not fit, or the task is over
   */
  void edit(Task task, TaskUpdate form, Instant now) {
    if (task.status().ended()) {
      throw Refused.invalid(
          "Expected task %s not to be over before it is changed, but it is %s",
          task.sid(), task.status().wireName());
    }
    var edited = write(task, form, now);
    log.record(edited, now, "task.updated");
    if (edited.seeksWorker()) {
      if (!edited.attributes().equals(task.attributes())) {
        reevaluation.attributesChanged(task, edited, now);
      }
      log.workAvailable(edited.workspace());
    }
  }

  private Task write(Task task, TaskUpdate form, Instant now) {
    var text = Objects.requireNonNullElse(form.attributes(), task.attributes());
    var attributes = TaskInput.attributes(text);
    var limited = places.limited(task, attributes, form.priority());
    var virtualStart =
        form.virtualStartTime() == null
            ? task.virtualStartAt()
            : TaskInput.virtualStart(form.virtualStartTime(), now);
    var channel = channel(task, form.taskChannel());
    return jdbc.sql(EDIT)
        .param("workspace", task.workspace().value())
        .param("sid", task.sid().value())
        .param("attributes", text)
        .param("priority", limited.priority())
        .param("loweredBy", limited.loweredBy().toArray(String[]::new))
        .param("virtualStartAt", virtualStart.atOffset(ZoneOffset.UTC))
        .param("virtualStartMicros", TaskRanks.micros(virtualStart))
        .param("channel", channel.value())
        .param("demandClass", demandClass(task, channel, limited.priority(), attributes))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(Task::of)
        .single();
  }

  /** Its class among waiting tasks; null for one that needs no worker. */
  private @Nullable UUID demandClass(
      Task task, TaskChannelSid channel, int priority, Attributes attributes) {
    if (!task.seeksWorker()) {
      return null;
    }
    var demand = places.demand(task, places.step(task), channel, priority, attributes);
    return demand.demandClass(task.entering() || !task.declinedBy().isEmpty());
  }

  private TaskChannelSid channel(Task task, @Nullable String name) {
    if (name == null || name.isBlank()) {
      return task.channel();
    }
    var channel =
        channels
            .find(task.workspace(), name)
            .orElseThrow(
                () ->
                    Refused.invalid(
                        "Expected TaskChannel to be the unique name or SID of a task channel of this workspace, but got '%.80s'",
                        name))
            .sid();
    if (!channel.equals(task.channel()) && task.status() != TaskStatus.PENDING) {
      throw Refused.invalid(
          "Expected task %s to be pending before its TaskChannel is changed, but it is %s",
          task.sid(), task.status().wireName());
    }
    return channel;
  }
}
