package dev.muster.workflow;

import dev.muster.web.WebAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What callers send about workflows. */
final class WorkflowForms {

  private static final int MAX_RESERVATION_TIMEOUT_SECONDS = 86_400;

  private static final int MAX_COMMENT = 1_000;

  private WorkflowForms() {}

  record NewWorkflow(
      @NotBlank @Size(max = 64) String friendlyName,
      @NotBlank String configuration,
      @Nullable @WebAddress String assignmentCallbackUrl,
      @Nullable @WebAddress String fallbackAssignmentCallbackUrl,
      @Nullable @Min(1) @Max(MAX_RESERVATION_TIMEOUT_SECONDS) Integer taskReservationTimeout) {}

  record WorkflowUpdate(
      @Nullable
          @Size(max = 64)
          @Pattern(regexp = "(?s).*\\S.*", message = "a name that is not blank")
          String friendlyName,
      @Nullable @Size(min = 1) String configuration,
      @Nullable @WebAddress String assignmentCallbackUrl,
      @Nullable @WebAddress String fallbackAssignmentCallbackUrl,
      @Nullable @Min(1) @Max(MAX_RESERVATION_TIMEOUT_SECONDS) Integer taskReservationTimeout,
      @Nullable Boolean reEvaluateTasks) {}

  record NewVersion(
      @NotBlank String configuration,
      @Nullable @Size(max = MAX_COMMENT) String comment,
      @Nullable Boolean reEvaluateTasks) {}

  record Rollback(
      @Nullable @Size(max = MAX_COMMENT) String comment, @Nullable Boolean reEvaluateTasks) {}

  record WorkflowFilter(@Nullable String friendlyName) {}
}
