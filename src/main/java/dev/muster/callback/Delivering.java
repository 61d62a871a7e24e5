package dev.muster.callback;

import dev.muster.callback.Verdict.Instructed;
import dev.muster.callback.Verdict.NoAnswer;
import dev.muster.callback.Verdict.Nothing;
import dev.muster.callout.Callout;
import dev.muster.callout.Callouts;
import dev.muster.callout.Reply;
import dev.muster.callout.Reply.Answered;
import dev.muster.callout.Reply.Unanswered;
import dev.muster.delivery.SigningKeys;
import org.springframework.stereotype.Component;

/** One delivery: posts it, reads the answer, and has done what it says. */
@Component
class Delivering {

  private final SigningKeys keys;
  private final Callouts callouts;
  private final Verdicts verdicts;
  private final Settling settling;
  private final CallbackSettings settings;

  Delivering(
      SigningKeys keys,
      Callouts callouts,
      Verdicts verdicts,
      Settling settling,
      CallbackSettings settings) {
    this.keys = keys;
    this.callouts = callouts;
    this.verdicts = verdicts;
    this.settling = settling;
    this.settings = settings;
  }

  void deliver(Claim claim, Announcement announcement) {
    var callout =
        Callout.post(claim.account(), claim.url(), announcement.form(), settings.answerWithin())
            .signedBy(keys.of(claim.account()));
    var reply = callouts.send(callout);
    var ending = ending(reply);
    switch (verdicts.of(reply)) {
      case NoAnswer none -> settling.failed(claim, ending.but(null, none.why()));
      case Nothing nothing ->
          settling.delivered(
              claim,
              nothing.message() == null ? ending : ending.but(nothing.code(), nothing.message()));
      case Instructed instructed -> settling.instructed(claim, ending, instructed.document());
    }
  }

  private static Ending ending(Reply reply) {
    return switch (reply) {
      case Answered answered ->
          new Ending(answered.status(), answered.body(), null, null, null, answered.took());
      case Unanswered unanswered -> new Ending(null, null, null, null, null, unanswered.took());
    };
  }
}
