package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.workflow.WorkflowSid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers send about tasks. */
final class TaskForms {

  static final int DEFAULT_TIMEOUT_SECONDS = 86_400;
  private static final int MAX_TIMEOUT_SECONDS = 1_209_600;

  private TaskForms() {}

  record NewTask(
      @Nullable @Min(1) @Max(MAX_TIMEOUT_SECONDS) Integer timeout,
      @Nullable @Min(0) Integer priority,
      @Nullable String taskChannel,
      @Nullable WorkflowSid workflowSid,
      @Nullable @Size(max = 4096) String attributes,
      @Nullable Instant virtualStartTime,
      @Nullable RoutingTarget routingTarget,
      @Nullable Boolean ignoreCapacity,
      @Nullable TaskQueueSid taskQueueSid) {}

  record TaskUpdate(
      @Nullable @Size(max = 4096) String attributes,
      @Nullable TaskStatus assignmentStatus,
      @Nullable @Size(max = 4096) String reason,
      @Nullable @Min(0) Integer priority,
      @Nullable String taskChannel,
      @Nullable Instant virtualStartTime) {}

  /** Names are compared without regard to case, as they are unique. */
  record TaskFilter(
      @Nullable Integer priority,
      List<TaskStatus> assignmentStatus,
      @Nullable WorkflowSid workflowSid,
      @Nullable String workflowName,
      @Nullable TaskQueueSid taskQueueSid,
      @Nullable String taskQueueName,
      @Nullable @Size(max = 8192) String evaluateTaskAttributes,
      @Nullable String routingTarget,
      @Nullable String ordering,
      @Nullable Boolean hasAddons) {

    boolean byExpression() {
      return evaluateTaskAttributes != null && !evaluateTaskAttributes.isBlank();
    }
  }
}
