package dev.muster.reservation;

import dev.muster.reservation.Directive.Accept;
import dev.muster.reservation.Directive.ByTelephone;
import dev.muster.reservation.Directive.Reject;
import dev.muster.reservation.TelephonyForms.Supervise;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.Activities;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Does what somebody says about a pending reservation. No transaction of its own: what is refused
 * may have written a time-out, and calls take seconds.
 */
@Component
class Directives {

  private final Reservations reservations;
  private final SetUps setUps;
  private final Activities activities;

  Directives(Reservations reservations, SetUps setUps, Activities activities) {
    this.reservations = reservations;
    this.setUps = setUps;
    this.activities = activities;
  }

  /**
   * Carries an instruction out.
   *
   * @return the reservation as it is then
   * @throws Refused if it cannot be; with the wire format's code if it is one that makes calls
   */
  Reservation carryOut(
      WorkspaceSid workspace, ReservationSid sid, Directive directive, IfMatch match) {
    return switch (directive) {
      case Accept accept ->
          reservations
              .accept(workspace, sid, accept.postWorkActivitySid(), match)
              .orRefuse("accept", Refusal.INVALID.code());
      case Reject reject -> reject(workspace, sid, reject.activitySid(), match);
      case ByTelephone byTelephone -> setUps.carryOut(workspace, sid, byTelephone, match);
      case Supervise supervise ->
          throw Refused.withCode(
              Refusal.INVALID,
              supervise.instruction().failure(),
              "Expected another instruction than 'supervise', but that is it: this service lets nobody listen in");
    };
  }

  private Reservation reject(
      WorkspaceSid workspace, ReservationSid sid, @Nullable ActivitySid activity, IfMatch match) {
    if (activity != null && activities.find(workspace, activity).isEmpty()) {
      throw Refused.invalid(
              "Expected the worker's next activity to be one of this workspace, but there is no %s",
              activity)
          .about("activity_sid");
    }
    return reservations
        .reject(workspace, sid, activity, match)
        .orRefuse("reject", Refusal.INVALID.code());
  }
}
