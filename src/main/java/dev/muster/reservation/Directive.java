package dev.muster.reservation;

import dev.muster.reservation.Directive.Accept;
import dev.muster.reservation.Directive.ByTelephone;
import dev.muster.reservation.Directive.Reject;
import dev.muster.reservation.TelephonyForms.Call;
import dev.muster.reservation.TelephonyForms.Conference;
import dev.muster.reservation.TelephonyForms.Dequeue;
import dev.muster.reservation.TelephonyForms.Redirect;
import dev.muster.reservation.TelephonyForms.Supervise;
import dev.muster.workspace.ActivitySid;
import org.jspecify.annotations.Nullable;

/** An instruction with all that was said with it. */
sealed interface Directive permits Accept, Reject, ByTelephone, Supervise {

  Instruction instruction();

  /**
   * @param postWorkActivitySid what the worker does once the work is completed; null to leave it
   */
  record Accept(@Nullable ActivitySid postWorkActivitySid) implements Directive {

    @Override
    public Instruction instruction() {
      return Instruction.ACCEPT;
    }
  }

  /**
   * @param activitySid what the worker does from now on; null to leave it
   */
  record Reject(@Nullable ActivitySid activitySid) implements Directive {

    @Override
    public Instruction instruction() {
      return Instruction.REJECT;
    }
  }

  /** What needs calls to be made. */
  sealed interface ByTelephone extends Directive permits Dequeue, Call, Redirect, Conference {}
}
