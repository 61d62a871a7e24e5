package dev.muster.reservation;

import dev.muster.task.OfferedTasks;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Turns matches into reservations. */
@Component
public class Offers {

  private final ReservationRows rows;
  private final ReservationLog log;
  private final OfferedTasks tasks;
  private final Load load;
  private final ApplicationEventPublisher publisher;

  Offers(
      ReservationRows rows,
      ReservationLog log,
      OfferedTasks tasks,
      Load load,
      ApplicationEventPublisher publisher) {
    this.rows = rows;
    this.log = log;
    this.tasks = tasks;
    this.load = load;
    this.publisher = publisher;
  }

  /**
   * Makes reservations of matches. A match is dropped whose task no longer waits or whose worker is
   * no longer ready.
   *
   * @return how many reservations were made
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int make(WorkspaceSid workspace, List<Offer> offers) {
    var now = log.now();
    var waiting = new LinkedHashSet<>(offers.stream().map(Offer::task).toList());
    var reserved = tasks.reserve(workspace, waiting, now);
    var open = offers.stream().filter(offer -> reserved.containsKey(offer.task())).toList();
    var granted = load.take(workspace, open, now);
    var kept = IntStream.range(0, open.size()).filter(i -> granted[i]).mapToObj(open::get).toList();
    var made = kept.stream().map(offer -> reservation(workspace, offer, now)).toList();
    var offered = made.stream().map(Reservation::task).collect(Collectors.toSet());
    var inVain = reserved.keySet().stream().filter(task -> !offered.contains(task)).toList();
    if (!inVain.isEmpty()) {
      tasks.release(workspace, inVain);
    }
    if (!made.isEmpty()) {
      rows.insert(made);
      log.record("reservation.created", made, now);
      reserved.keySet().retainAll(offered);
      tasks.offered(workspace, reserved);
      load.offered(made, now);
      announce(workspace, open, made);
      publisher.publishEvent(new OffersMade(workspace, kept, now));
    }
    return made.size();
  }

  /** Costs nothing where no workflow wants to be told. */
  private void announce(WorkspaceSid workspace, List<Offer> offers, List<Reservation> made) {
    var announced =
        offers.stream().filter(Offer::announced).map(Offer::task).collect(Collectors.toSet());
    var reservations =
        made.stream()
            .filter(reservation -> announced.contains(reservation.task()))
            .map(Reservation::sid)
            .toList();
    if (!reservations.isEmpty()) {
      publisher.publishEvent(new ReservationsOffered(workspace, reservations));
    }
  }

  private static Reservation reservation(WorkspaceSid workspace, Offer offer, Instant now) {
    return new Reservation(
        workspace,
        ReservationSid.next(),
        offer.task(),
        offer.worker(),
        offer.workerName(),
        offer.queue(),
        offer.channel(),
        offer.workflow(),
        ReservationStatus.PENDING,
        offer.expiresAt(),
        null,
        1,
        now,
        now);
  }
}
