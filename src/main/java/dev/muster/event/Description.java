package dev.muster.event;

import java.util.Locale;

/** Says an event in a sentence, such as "Worker Anna updated to Available Activity". */
final class Description {

  private Description() {}

  static String of(RecordedEvent event) {
    return switch (event.type()) {
      case "worker.activity.update" ->
          "%s updated to %s Activity".formatted(subject(event), event.fact("worker_activity_name"));
      case "worker.attributes.update" -> subject(event) + " attributes updated";
      case "worker.capacity.update" ->
          "%s capacity on %s updated to %s"
              .formatted(
                  subject(event),
                  event.fact("task_channel_unique_name"),
                  event.fact("worker_channel_capacity"));
      case "worker.channel.availability.update" ->
          "%s availability on %s updated to %s"
              .formatted(
                  subject(event),
                  event.fact("task_channel_unique_name"),
                  event.fact("worker_channel_available"));
      case "task-queue.entered", "task-queue.timeout", "task-queue.moved" ->
          "%s %s TaskQueue %s"
              .formatted(
                  subject(event),
                  switch (event.type()) {
                    case "task-queue.entered" -> "entered";
                    case "task-queue.moved" -> "moved to";
                    default -> "timed out in";
                  },
                  event.fact("task_queue_name"));
      case "task-queue.expression.updated" -> subject(event) + " expression updated";
      case "workflow.entered" ->
          "%s entered Workflow %s".formatted(subject(event), event.fact("workflow_name"));
      case "workflow.target-matched" ->
          "%s matched a target of Workflow %s"
              .formatted(subject(event), event.fact("workflow_name"));
      case "workflow.timeout" ->
          "%s timed out in Workflow %s".formatted(subject(event), event.fact("workflow_name"));
      case "workflow.skipped" ->
          "%s skipped out of Workflow %s".formatted(subject(event), event.fact("workflow_name"));
      case "reservation.timeout" -> subject(event) + " timed out";
      case "reservation.wrapup", "task.wrapup" -> subject(event) + " wrapping up";
      default -> "%s %s".formatted(subject(event), verb(event.type()));
    };
  }

  private static String subject(RecordedEvent event) {
    return switch (event.resourceType()) {
      case "activity" -> "Activity " + event.fact("activity_name");
      case "reservation" -> "Reservation " + event.resourceSid();
      case "task" -> "Task " + event.resourceSid();
      case "taskchannel" -> "TaskChannel " + event.fact("task_channel_name");
      case "taskqueue" -> "TaskQueue " + event.fact("task_queue_name");
      case "worker" -> "Worker " + event.fact("worker_name");
      case "workflow" -> "Workflow " + event.fact("workflow_name");
      case "workspace" -> "Workspace " + event.fact("workspace_name");
      default -> event.resourceType() + " " + event.resourceSid();
    };
  }

  /** What the type says after its kind, as in "transfer initiated". */
  private static String verb(String type) {
    return type.substring(type.indexOf('.') + 1).replace('-', ' ').toLowerCase(Locale.ROOT);
  }
}
