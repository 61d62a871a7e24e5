package dev.muster.task;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param askAgainAfter how long a worker who declined a task, or let its offer lapse, is not asked
 *     again for it; others are asked at once
 * @param assignedFor how long a worker may have a task before it is taken away
 * @param showEndedFor how long the v1 interface knows a task after its end
 * @param keepEndedFor how long after that its row and those of its reservations are kept for
 *     explanations, dry runs and statistics
 * @param forgetEvery how often a node deletes what was kept that long
 */
@ConfigurationProperties("muster.task")
record TaskSettings(
    @DefaultValue("10s") Duration askAgainAfter,
    @DefaultValue("24h") Duration assignedFor,
    @DefaultValue("5m") Duration showEndedFor,
    @DefaultValue("365d") Duration keepEndedFor,
    @DefaultValue("1h") Duration forgetEvery) {

  TaskSettings {
    if (!assignedFor.isPositive()) {
      throw new IllegalArgumentException(
          "Expected muster.task.assigned-for to be longer than zero, but it is " + assignedFor);
    }
  }
}
