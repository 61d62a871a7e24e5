package dev.muster.callback;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param answerWithin how long a workflow's system may take to answer, after which its fallback is
 *     asked
 * @param atOncePerTarget requests of one account to one scheme, host and port that a node has on
 *     their way at most
 * @param atOncePerAccount requests of one account that a node has on their way at most
 * @param sweepEvery how often a node looks for callbacks that it was not woken for
 * @param lease how long a node keeps others from a callback that it has taken; more than the answer
 *     and the calls that it asks for can take
 * @param keepFor how long deliveries are kept after their offer
 * @param cleanEvery how often older ones are deleted
 */
@ConfigurationProperties("muster.callback")
record CallbackSettings(
    @DefaultValue("5s") Duration answerWithin,
    @DefaultValue("16") int atOncePerTarget,
    @DefaultValue("64") int atOncePerAccount,
    @DefaultValue("1s") Duration sweepEvery,
    @DefaultValue("60s") Duration lease,
    @DefaultValue("7d") Duration keepFor,
    @DefaultValue("10m") Duration cleanEvery) {

  CallbackSettings {
    if (atOncePerTarget < 1 || atOncePerAccount < 1) {
      throw new IllegalArgumentException(
          "Expected muster.callback.at-once-per-target and at-once-per-account to be at least 1, but they are %d and %d"
              .formatted(atOncePerTarget, atOncePerAccount));
    }
    if (lease.compareTo(answerWithin.multipliedBy(2)) <= 0) {
      throw new IllegalArgumentException(
          "Expected muster.callback.lease to be more than twice the %s for an answer, but it is %s"
              .formatted(answerWithin, lease));
    }
  }
}
