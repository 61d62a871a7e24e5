package dev.muster.callback;

import dev.muster.delivery.Batch;
import dev.muster.delivery.Dispatching;
import dev.muster.delivery.Lane;
import dev.muster.delivery.Lanes;
import dev.muster.reservation.ReservationsOffered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Sends callbacks right after the commit of their offers. */
@Component
class Dispatcher extends Dispatching<Dispatcher.Told> {

  /** One callback, and what it tells. */
  record Told(Claim claim, Announcement announcement) {

    /** Without the form, which holds personal data. */
    @Override
    public String toString() {
      return "Callback " + claim.sid();
    }
  }

  private final Claims claims;
  private final Announcements announcements;
  private final Delivering delivering;

  Dispatcher(
      Claims claims,
      Announcements announcements,
      Delivering delivering,
      CallbackSettings settings) {
    super(
        "callback",
        new Lanes(settings.atOncePerTarget(), settings.atOncePerAccount()),
        settings.sweepEvery(),
        Duration.ZERO);
    this.claims = claims;
    this.announcements = announcements;
    this.delivering = delivering;
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(ReservationsOffered offered) {
    wake();
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(FallbackQueued queued) {
    wake();
  }

  /** Drops what nobody has to be told any more. */
  @Override
  protected Batch<Told> take(Map<Lane, Integer> busy) {
    var taken = claims.take(busy);
    var told = new ArrayList<Told>();
    if (!taken.isEmpty()) {
      var announced = announcements.of(taken);
      var settled = new ArrayList<Claim>();
      for (var claim : taken) {
        var announcement = announced.get(claim.sid());
        if (announcement == null) {
          settled.add(claim);
        } else {
          told.add(new Told(claim, announcement));
        }
      }
      if (!settled.isEmpty()) {
        claims.drop(settled);
      }
    }
    return new Batch<>(told, taken.size() == Claims.MOST);
  }

  @Override
  protected Lane lane(Told told) {
    return told.claim().lane();
  }

  @Override
  protected void send(Told told) {
    delivering.deliver(told.claim(), told.announcement());
  }
}
