package dev.muster.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param answerWithin how long a workspace's system may take to answer
 * @param atOncePerWorkspace requests of one workspace that a node has on their way at most
 * @param atOncePerAccount requests of one account that a node has on their way at most
 * @param sweepEvery how often a node looks for deliveries that it was not woken for
 * @param lease how long a node keeps others from deliveries that it has taken
 * @param retryFirst the pause after the first attempt; each further one is three times as long
 * @param retryMost the longest pause
 * @param giveUpAfter how long a delivery is tried before it is parked
 * @param keepFor how long deliveries are kept after their event; no longer than events are
 * @param cleanEvery how often what is too old is parked or deleted
 */
@ConfigurationProperties("muster.webhook")
record WebhookSettings(
    @DefaultValue("15s") Duration answerWithin,
    @DefaultValue("32") int atOncePerWorkspace,
    @DefaultValue("128") int atOncePerAccount,
    @DefaultValue("1s") Duration sweepEvery,
    @DefaultValue("60s") Duration lease,
    @DefaultValue("10s") Duration retryFirst,
    @DefaultValue("1h") Duration retryMost,
    @DefaultValue("24h") Duration giveUpAfter,
    @DefaultValue("7d") Duration keepFor,
    @DefaultValue("1m") Duration cleanEvery) {

  private static final Duration EVENTS_KEPT = Duration.ofDays(30);

  WebhookSettings {
    if (atOncePerWorkspace < 1 || atOncePerAccount < 1) {
      throw new IllegalArgumentException(
          "Expected muster.webhook.at-once-per-workspace and at-once-per-account to be at least 1, but they are %d and %d"
              .formatted(atOncePerWorkspace, atOncePerAccount));
    }
    if (lease.compareTo(answerWithin.multipliedBy(2)) <= 0) {
      throw new IllegalArgumentException(
          "Expected muster.webhook.lease to be more than twice the %s for an answer, but it is %s"
              .formatted(answerWithin, lease));
    }
    if (keepFor.compareTo(giveUpAfter) < 0 || keepFor.compareTo(EVENTS_KEPT) > 0) {
      throw new IllegalArgumentException(
          "Expected muster.webhook.keep-for to be from %s to 30 days, but it is %s"
              .formatted(giveUpAfter, keepFor));
    }
  }

  /** How long it may go on to send what it took, so that the last answer comes within the lease. */
  Duration patience() {
    return lease.minus(answerWithin.multipliedBy(2));
  }

  /** The pause after so many attempts that failed. */
  Duration pause(int attempts) {
    var pause = retryFirst;
    for (var i = 1; i < attempts && pause.compareTo(retryMost) < 0; i++) {
      pause = pause.multipliedBy(3);
    }
    return pause.compareTo(retryMost) < 0 ? pause : retryMost;
  }
}
