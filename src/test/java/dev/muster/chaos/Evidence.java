package dev.muster.chaos;

import java.util.List;

/**
 * All that is known when everything has come to rest.
 *
 * @param withTwo tasks that were offered to, or with, two workers at once, by their events
 * @param acceptedTwice tasks, by their events
 * @param gaps tasks of whose events one is missing
 * @param miscounted workers whose taken units are not those of their reservations
 */
record Evidence(
    History history,
    List<Tables.Task> tasks,
    List<Tables.Reservation> reservations,
    List<String> withTwo,
    List<String> acceptedTwice,
    List<String> gaps,
    List<String> miscounted,
    Whereabouts whereabouts,
    List<Kill> kills,
    Absence absence) {

  static Evidence of(
      History history, Tables tables, Whereabouts whereabouts, List<Kill> kills, Absence absence) {
    return new Evidence(
        history,
        tables.tasks(),
        tables.reservations(),
        tables.withTwo(),
        tables.acceptedTwice(),
        tables.gaps(),
        tables.miscounted(),
        whereabouts,
        kills,
        absence);
  }
}
