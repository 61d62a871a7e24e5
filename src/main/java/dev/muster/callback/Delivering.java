package dev.muster.callback;

import dev.muster.account.AccountSid;
import dev.muster.account.Accounts;
import dev.muster.account.Secret;
import dev.muster.callback.Verdict.Instructed;
import dev.muster.callback.Verdict.NoAnswer;
import dev.muster.callback.Verdict.Nothing;
import dev.muster.callout.Callout;
import dev.muster.callout.Callouts;
import dev.muster.callout.Reply;
import dev.muster.callout.Reply.Answered;
import dev.muster.callout.Reply.Unanswered;
import dev.muster.web.ShortMemory;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One delivery: posts it, reads the answer, and has done what it says. */
@Component
class Delivering {

  private final ShortMemory<AccountSid, Secret> keys =
      new ShortMemory<>(Duration.ofSeconds(5), 10_000);
  private final Accounts accounts;
  private final Callouts callouts;
  private final Verdicts verdicts;
  private final Settling settling;
  private final CallbackSettings settings;

  Delivering(
      Accounts accounts,
      Callouts callouts,
      Verdicts verdicts,
      Settling settling,
      CallbackSettings settings) {
    this.accounts = accounts;
    this.callouts = callouts;
    this.verdicts = verdicts;
    this.settling = settling;
    this.settings = settings;
  }

  void deliver(Claim claim, Announcement announcement) {
    var callout =
        Callout.post(claim.url(), announcement.form(), settings.answerWithin())
            .signedBy(key(claim.account()));
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

  private Secret key(AccountSid account) {
    return keys.get(account, sid -> Optional.of(accounts.authToken(sid))).orElseThrow();
  }

  private static Ending ending(Reply reply) {
    return switch (reply) {
      case Answered answered ->
          new Ending(answered.status(), answered.body(), null, null, null, answered.took());
      case Unanswered unanswered -> new Ending(null, null, null, null, null, unanswered.took());
    };
  }
}
