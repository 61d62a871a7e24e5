package dev.muster.webhook;

import dev.muster.web.Refused;
import dev.muster.webhook.EventDeliveryForms.Replay;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Has many events told again, a thousand in a transaction, so that nothing waits for long. */
@Component
class Replays {

  private final EventDeliveries deliveries;
  private final Clock clock;

  Replays(EventDeliveries deliveries, Clock clock) {
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * How many are told again.
   *
   * @throws Refused if the time ends before it starts
   */
  int replay(WorkspaceSid workspace, Replay wanted) {
    var now = clock.instant();
    var end = Objects.requireNonNullElse(wanted.endDate(), now);
    if (end.isBefore(wanted.startDate())) {
      throw Refused.invalid(
          "Expected EndDate not to be before StartDate, but got %s and %s",
          end, wanted.startDate());
    }
    var all = 0;
    var from = wanted.startDate();
    while (from != null) {
      var queued =
          deliveries.replay(workspace, from, end, wanted.status(), wanted.eventType(), now);
      all += queued.deliveries();
      from = queued.until();
    }
    return all;
  }
}
