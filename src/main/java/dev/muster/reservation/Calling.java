package dev.muster.reservation;

import dev.muster.account.AccountSid;
import dev.muster.reservation.Directive.ByTelephone;
import dev.muster.telephony.Outcome.Failed;
import dev.muster.telephony.Outcome.Made;
import dev.muster.telephony.Telephony;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Carries out the instructions that make calls. The calls are made outside of any transaction; the
 * reservation does not lapse meanwhile, and nobody else makes calls for it.
 */
@Component
class Calling {

  /** Longer than calls take to be set up, and as long as a node that dies meanwhile holds it up. */
  private static final Duration SETTING_UP = Duration.ofMinutes(1);

  private final Reservations reservations;
  private final CallPlans plans;
  private final CallNotes notes;
  private final Telephony telephony;

  Calling(Reservations reservations, CallPlans plans, CallNotes notes, Telephony telephony) {
    this.reservations = reservations;
    this.plans = plans;
    this.notes = notes;
    this.telephony = telephony;
  }

  /**
   * Makes the calls and, if the instruction says so, accepts the reservation. If an instruction
   * that accepts cannot make its calls, the reservation is canceled.
   *
   * @throws Refused with the wire format's code if the calls cannot be made or the reservation is
   *     no longer pending; without a change if nothing was tried
   */
  Reservation carryOut(
      AccountSid account,
      WorkspaceSid workspace,
      ReservationSid sid,
      ByTelephone directive,
      IfMatch match) {
    var instruction = directive.instruction();
    if (!telephony.connects(account)) {
      throw Refused.withCode(
          Refusal.INVALID,
          instruction.failure(),
          "Expected telephony for the instruction '%s', but none is connected to this account"
              .formatted(instruction));
    }
    var found = reservations.find(workspace, sid).orElseThrow(Refused::notFound);
    var plan = plans.of(found, directive);
    var reservation =
        reservations
            .hold(workspace, sid, SETTING_UP, match)
            .orRefuse(instruction.wireName(), instruction.tooLate());
    return switch (telephony.connect(account, plan.connection())) {
      case Made made -> made(reservation, plan, instruction, made);
      case Failed failed -> throw failed(reservation, plan, instruction, failed);
    };
  }

  /** No telephone rings on for a reservation that is over, or that does not know of its calls. */
  private Reservation made(
      Reservation reservation, CallPlan plan, Instruction instruction, Made made) {
    try {
      return notes
          .made(reservation, plan, made)
          .orRefuse(instruction.wireName(), instruction.overtaken());
    } catch (RuntimeException notTaken) {
      made.hangUp().run();
      throw notTaken;
    }
  }

  private Refused failed(
      Reservation reservation, CallPlan plan, Instruction instruction, Failed failed) {
    if (plan.accepts()) {
      reservations.cancel(reservation.workspace(), reservation.sid());
    } else {
      reservations.release(reservation);
    }
    return Refused.withCode(Refusal.INVALID, instruction.failure(), failed.why());
  }
}
