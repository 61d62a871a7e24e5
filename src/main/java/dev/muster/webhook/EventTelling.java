package dev.muster.webhook;

import dev.muster.callout.Callout;
import dev.muster.callout.Callouts;
import dev.muster.callout.Reply;
import dev.muster.callout.Reply.Answered;
import dev.muster.callout.Reply.Unanswered;
import dev.muster.delivery.SigningKeys;
import dev.muster.webhook.Outcome.Dropped;
import dev.muster.webhook.Outcome.Released;
import dev.muster.webhook.Outcome.Sent;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Tells a stream: each event once the one before it was answered. */
@Component
class EventTelling {

  private final Callouts callouts;
  private final SigningKeys keys;
  private final Ledger ledger;
  private final TargetHealth health;
  private final WebhookMeters meters;
  private final WebhookSettings settings;
  private final Clock clock;

  EventTelling(
      Callouts callouts,
      SigningKeys keys,
      Ledger ledger,
      TargetHealth health,
      WebhookMeters meters,
      WebhookSettings settings,
      Clock clock) {
    this.callouts = callouts;
    this.keys = keys;
    this.ledger = ledger;
    this.health = health;
    this.meters = meters;
    this.settings = settings;
    this.clock = clock;
  }

  /** Stops at the first that fails, when the lease runs out, or when {@code goOn} says no. */
  void tell(Stream stream, BooleanSupplier goOn) {
    for (var claim : stream.claims()) {
      var url = claim.url();
      if (url == null) {
        ledger.write(new Dropped(claim));
      } else if (!goOn.getAsBoolean() || isLate(stream)) {
        ledger.write(new Released(claim));
        return;
      } else if (!tell(claim, url)) {
        return;
      }
    }
  }

  private boolean isLate(Stream stream) {
    return System.nanoTime() - stream.takenNanos() > settings.patience().toNanos();
  }

  private boolean tell(Claim claim, URI url) {
    var form = EventForm.of(claim.event(), claim.account());
    var callout =
        Callout.post(claim.account(), url, form, settings.answerWithin())
            .signedBy(keys.of(claim.account()));
    var reply = callouts.send(callout);
    var now = clock.instant();
    var workspace = claim.event().workspaceSid();
    if (isSuccess(reply)) {
      health.answered(workspace);
      note(Sent.of(claim, reply, EventDeliveryStatus.DELIVERED, now));
      return true;
    }
    health.failed(workspace);
    note(failure(claim, reply, now));
    return false;
  }

  private void note(Sent sent) {
    meters.count(sent);
    ledger.write(sent);
  }

  /** It is tried again, unless that would be too long after it was queued. */
  private Sent failure(Claim claim, Reply reply, Instant now) {
    var next = now.plus(settings.pause(claim.attempts() + 1));
    return next.isBefore(claim.queuedAt().plus(settings.giveUpAfter()))
        ? Sent.of(claim, reply, EventDeliveryStatus.QUEUED, next)
        : Sent.of(claim, reply, EventDeliveryStatus.PARKED, now);
  }

  private static boolean isSuccess(Reply reply) {
    return switch (reply) {
      case Answered answered -> answered.status() >= 200 && answered.status() < 300;
      case Unanswered unanswered -> false;
    };
  }
}
