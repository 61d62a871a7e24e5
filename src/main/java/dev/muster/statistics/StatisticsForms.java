package dev.muster.statistics;

import dev.muster.queue.TaskQueueSid;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What questions for statistics may carry. */
final class StatisticsForms {

  private static final String MINUTES = "a whole number from 1 to 43200, which are 30 days";
  private static final String SECONDS = "a whole number from 1 to 1209600, which are 14 days";

  private StatisticsForms() {}

  /** Which time it is about; see {@link Window#of}. */
  record Period(
      @Nullable @Min(value = 1, message = MINUTES) @Max(value = 43_200, message = MINUTES)
          Integer minutes,
      @Nullable Instant startDate,
      @Nullable Instant endDate) {}

  /** About the present. */
  record Present(@Nullable String taskChannel) {}

  /**
   * About the past.
   *
   * @param taskChannel sid or unique name
   * @param splitByWaitTime thresholds in seconds, parted by commas
   */
  record Past(
      @Valid Period period, @Nullable String taskChannel, @Nullable String splitByWaitTime) {}

  /** About several queues: all of them, or the one with that name. */
  record OfQueues(@Valid Past past, @Nullable String friendlyName) {}

  /** About workers, without any wait. */
  record OfWorkers(@Valid Period period, @Nullable String taskChannel) {}

  /** About those workers who are members of a queue, or have that name. */
  record OfSomeWorkers(
      @Valid OfWorkers workers,
      @Nullable TaskQueueSid taskQueueSid,
      @Nullable String taskQueueName,
      @Nullable String friendlyName) {}

  /**
   * About the service of queues.
   *
   * @param within the seconds in which tasks are to be answered
   */
  record OfService(
      @Valid Period period,
      @Nullable String taskChannel,
      @Nullable @Min(value = 1, message = SECONDS) @Max(value = 1_209_600, message = SECONDS)
          Integer within) {}
}
