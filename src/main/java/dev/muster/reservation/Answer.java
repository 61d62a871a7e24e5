package dev.muster.reservation;

/** What came of a worker's answer to an offer. */
public sealed interface Answer {

  /** The answer counts. */
  record Taken(Reservation reservation) implements Answer {}

  /** The time to answer was over; the reservation has timed out. */
  record TooLate(Reservation reservation) implements Answer {}

  /** The reservation was answered, withdrawn or over before. */
  record NotPending(Reservation reservation) implements Answer {}
}
