package dev.muster.reservation;

import dev.muster.worker.Workers;
import dev.muster.workspace.Activities;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What workers do once a task is completed, if the instruction that gave it to them said so. */
@Component
class AfterWork {

  private final Workers workers;
  private final Activities activities;

  AfterWork(Workers workers, Activities activities) {
    this.workers = workers;
    this.activities = activities;
  }

  /** Moves the workers of completed reservations, unless the activity has been deleted since. */
  void move(List<Reservation> completed, Instant now) {
    for (var reservation : completed) {
      var activity = reservation.postWorkActivity();
      if (activity != null && activities.find(reservation.workspace(), activity).isPresent()) {
        workers.moveTo(reservation.workspace(), reservation.worker(), activity, now);
      }
    }
  }
}
