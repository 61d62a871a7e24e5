package dev.muster.statistics;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the tallies near the present. */
@Component
class RollUps {

  private final RollUp rollUp;

  RollUps(RollUp rollUp) {
    this.rollUp = rollUp;
  }

  /** Adds all events that can be added. */
  @Scheduled(fixedDelayString = "${muster.statistics.roll-up-every:5s}")
  void run() {
    var more = true;
    while (more) {
      more = rollUp.advance();
    }
  }

  @Scheduled(
      initialDelayString = "${muster.statistics.tidy-every:1h}",
      fixedDelayString = "${muster.statistics.tidy-every:1h}")
  void tidy() {
    rollUp.tidy();
  }
}
