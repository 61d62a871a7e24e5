package dev.muster.process;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param messageTimeToLive how long the engine keeps a message that finds no process waiting for
 *     it; it keeps every message that long, so hours would fill it. A message lost in spite of it
 *     is told again when a timer finds the process out of step.
 * @param linger how long a move waits for the next one before the engine is told of both at once
 * @param pollInterval how often a node looks for moves that other nodes left untold
 * @param maxInFlight commands that one node has on their way to the engine at most; fewer while the
 *     engine asks for patience
 * @param requestTimeout how long a command may take before its outcome counts as unknown
 * @param lease how long a node keeps others from telling the moves it has taken; more than the
 *     request timeout
 * @param retellAfter how long a task rests before the engine is told once more where it stands
 * @param jobRetryBackoff how long a job rests that Muster could not do
 * @param openJobRests how long the job of a process that waits for a task rests before it comes
 *     again, in case word of the task's end was lost
 * @param resultsEvery how often a node looks for tasks that are over and whose processes wait for
 *     them
 */
@ConfigurationProperties("muster.process")
record ProcessSettings(
    @DefaultValue("2m") Duration messageTimeToLive,
    @DefaultValue("20ms") Duration linger,
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("64") int maxInFlight,
    @DefaultValue("10s") Duration requestTimeout,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("1s") Duration retellAfter,
    @DefaultValue("10s") Duration jobRetryBackoff,
    @DefaultValue("1h") Duration openJobRests,
    @DefaultValue("500ms") Duration resultsEvery) {

  ProcessSettings {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "Expected muster.process.max-in-flight to be at least 1, but it is " + maxInFlight);
    }
    if (lease.compareTo(requestTimeout) <= 0) {
      throw new IllegalArgumentException(
          "Expected muster.process.lease to be longer than the request timeout of %s, but it is %s"
              .formatted(requestTimeout, lease));
    }
  }
}
