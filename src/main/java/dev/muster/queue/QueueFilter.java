package dev.muster.queue;

import dev.muster.worker.WorkerSid;
import jakarta.validation.constraints.Pattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which queues a list is to hold; what is absent does not narrow it. Names are compared without
 * regard to case, as they are unique.
 *
 * @param evaluateWorkerAttributes JSON object of a worker who need not exist: queues that would
 *     have it as a member
 * @param workerSid a member
 */
public record QueueFilter(
    @Nullable String friendlyName,
    @Nullable String evaluateWorkerAttributes,
    @Nullable WorkerSid workerSid,
    @Nullable
        @Pattern(
            regexp = "(?i)(DateUpdated(:(asc|desc))?)?",
            message = "DateUpdated:asc or DateUpdated:desc")
        String ordering) {

  /** Every queue. */
  public static final QueueFilter NONE = new QueueFilter(null, null, null, null);

  boolean byAttributes() {
    return evaluateWorkerAttributes != null && !evaluateWorkerAttributes.isEmpty();
  }

  boolean ordered() {
    return ordering != null && !ordering.isEmpty();
  }

  boolean descending() {
    return ordering != null && ordering.toLowerCase(Locale.ROOT).endsWith(":desc");
  }
}
