package dev.muster.workflow;

import dev.muster.workflow.WorkflowForms.NewWorkflow;
import dev.muster.workflow.WorkflowForms.WorkflowUpdate;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a caller decides of a workflow. */
record WorkflowSetup(
    String friendlyName,
    String configuration,
    @Nullable URI assignmentCallbackUrl,
    @Nullable URI fallbackAssignmentCallbackUrl,
    int taskReservationTimeoutSeconds) {

  private static final int DEFAULT_RESERVATION_TIMEOUT_SECONDS = 120;

  static WorkflowSetup of(NewWorkflow form) {
    return new WorkflowSetup(
        form.friendlyName(),
        form.configuration(),
        changed(null, form.assignmentCallbackUrl()),
        changed(null, form.fallbackAssignmentCallbackUrl()),
        Objects.requireNonNullElse(
            form.taskReservationTimeout(), DEFAULT_RESERVATION_TIMEOUT_SECONDS));
  }

  static WorkflowSetup of(Workflow workflow) {
    return new WorkflowSetup(
        workflow.friendlyName(),
        workflow.configuration(),
        workflow.assignmentCallbackUrl(),
        workflow.fallbackAssignmentCallbackUrl(),
        workflow.taskReservationTimeoutSeconds());
  }

  /** With what the form changes: absent leaves as it is, an empty text takes an address away. */
  WorkflowSetup with(WorkflowUpdate form) {
    return new WorkflowSetup(
        Objects.requireNonNullElse(form.friendlyName(), friendlyName),
        Objects.requireNonNullElse(form.configuration(), configuration),
        changed(assignmentCallbackUrl, form.assignmentCallbackUrl()),
        changed(fallbackAssignmentCallbackUrl, form.fallbackAssignmentCallbackUrl()),
        Objects.requireNonNullElse(form.taskReservationTimeout(), taskReservationTimeoutSeconds));
  }

  private static @Nullable URI changed(@Nullable URI before, @Nullable String wanted) {
    if (wanted == null) {
      return before;
    }
    return wanted.isEmpty() ? null : URI.create(wanted);
  }
}
