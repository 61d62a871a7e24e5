package dev.muster.webhook;

import dev.muster.callout.Reply;
import dev.muster.delivery.Excerpt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a claim. */
sealed interface Outcome {

  Claim claim();

  /**
   * It was sent.
   *
   * @param status what becomes of the delivery
   * @param dueAt when it is tried next, if it is queued; the rest of its stream waits as long
   */
  record Sent(
      Claim claim,
      EventDeliveryStatus status,
      @Nullable Integer responseCode,
      @Nullable String answer,
      @Nullable String errorMessage,
      Duration took,
      Instant dueAt)
      implements Outcome {

    private static final int LONGEST = 4_096;

    /** With what was answered, if anything was, cut to what can be stored. */
    static Sent of(Claim claim, Reply reply, EventDeliveryStatus status, Instant dueAt) {
      return switch (reply) {
        case Reply.Answered answered ->
            new Sent(
                claim,
                status,
                answered.status(),
                Excerpt.of(answered.body(), LONGEST),
                status == EventDeliveryStatus.DELIVERED
                    ? null
                    : "Expected an answer with status 200 to 299, but got " + answered.status(),
                answered.took(),
                dueAt);
        case Reply.Unanswered unanswered ->
            new Sent(
                claim,
                status,
                null,
                null,
                Excerpt.of(unanswered.why(), LONGEST),
                unanswered.took(),
                dueAt);
      };
    }
  }

  /** The workspace no longer wants to be told. */
  record Dropped(Claim claim) implements Outcome {}

  /** It was not sent, nor is what follows it; another may take them. */
  record Released(Claim claim) implements Outcome {}
}
