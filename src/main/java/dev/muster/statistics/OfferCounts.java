package dev.muster.statistics;

/** What became of offers, on the wire. */
record OfferCounts(
    long reservationsCreated,
    long reservationsAccepted,
    long reservationsRejected,
    long reservationsTimedOut,
    long reservationsCanceled,
    long reservationsRescinded) {

  static OfferCounts of(Figures figures) {
    return new OfferCounts(
        figures.times("reservation.created"),
        figures.times("reservation.accepted"),
        figures.times("reservation.rejected"),
        figures.times("reservation.timeout"),
        figures.times("reservation.canceled"),
        figures.times("reservation.rescinded"));
  }
}
