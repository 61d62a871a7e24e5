package dev.muster.worker;

import dev.muster.workspace.ActivitySid;
import jakarta.validation.constraints.Pattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which workers a list is to hold; what is absent does not narrow it. Names are compared without
 * regard to case, as they are unique.
 *
 * @param targetWorkersExpression over the attributes and {@code sid}, {@code friendly_name}, {@code
 *     activity_sid}, {@code activity_name}
 * @param taskQueueSid a queue that the workers are members of
 */
public record WorkerFilter(
    @Nullable String activityName,
    @Nullable ActivitySid activitySid,
    @Nullable Boolean available,
    @Nullable String friendlyName,
    @Nullable String targetWorkersExpression,
    @Nullable String taskQueueName,
    @Nullable
        @Pattern(
            regexp = "(WQ[0-9a-fA-F]{32})?",
            message = "a SID of the form WQ followed by 32 hexadecimal digits")
        String taskQueueSid,
    @Nullable
        @Pattern(
            regexp = "(?i)(DateStatusChanged(:(asc|desc))?)?",
            message = "DateStatusChanged:asc or DateStatusChanged:desc")
        String ordering) {

  /** Every worker. */
  public static final WorkerFilter NONE =
      new WorkerFilter(null, null, null, null, null, null, null, null);

  boolean byExpression() {
    return targetWorkersExpression != null && !targetWorkersExpression.isBlank();
  }

  boolean ordered() {
    return ordering != null && !ordering.isEmpty();
  }

  boolean descending() {
    return ordering != null && ordering.toLowerCase(Locale.ROOT).endsWith(":desc");
  }
}
