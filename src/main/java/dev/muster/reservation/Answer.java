package dev.muster.reservation;

import dev.muster.web.Refusal;
import dev.muster.web.Refused;

/** What came of a worker's answer to an offer. */
public sealed interface Answer {

  /** The answer counts. */
  record Taken(Reservation reservation) implements Answer {}

  /** The time to answer was over; the reservation has timed out. */
  record TooLate(Reservation reservation) implements Answer {}

  /** The reservation was answered, withdrawn or over before. */
  record NotPending(Reservation reservation) implements Answer {}

  /**
   * The reservation, if the answer counts.
   *
   * @param verb what was to be done to the reservation
   * @param code of the refusal
   * @throws Refused otherwise; as gone if another worker was faster
   */
  default Reservation orRefuse(String verb, int code) {
    return switch (this) {
      case Taken taken -> taken.reservation;
      case TooLate late ->
          throw Refused.withCode(
              Refusal.INVALID,
              code,
              "Expected to %s reservation %s before %s, but that time is over"
                  .formatted(verb, late.reservation.sid(), late.reservation.expiresAt()));
      case NotPending over -> throw notPending(verb, code, over.reservation);
    };
  }

  private static Refused notPending(String verb, int code, Reservation reservation) {
    var message =
        "Expected to %s reservation %s while it is pending, but it is already %s"
            .formatted(verb, reservation.sid(), reservation.status().wireName());
    if (reservation.status() != ReservationStatus.RESCINDED) {
      return Refused.withCode(Refusal.INVALID, code, message);
    }
    return code == Refusal.INVALID.code()
        ? new Refused(Refusal.GONE, message)
        : Refused.withCode(Refusal.GONE, code, message);
  }
}
