package dev.muster.reservation;

import dev.muster.task.OfferedTasks;
import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Turns matches into reservations. */
@Component
public class Offers {

  private static final String HOLD =
      "SELECT pg_advisory_xact_lock(hashtextextended('round ' || :workspace, 0))";

  private final JdbcClient jdbc;
  private final ReservationRows rows;
  private final ReservationLog log;
  private final OfferedTasks tasks;
  private final Load load;
  private final ApplicationEventPublisher publisher;

  Offers(
      JdbcClient jdbc,
      ReservationRows rows,
      ReservationLog log,
      OfferedTasks tasks,
      Load load,
      ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.log = log;
    this.tasks = tasks;
    this.load = load;
    this.publisher = publisher;
  }

  /**
   * Lets nobody else make offers in the workspace until the transaction ends. It is taken before
   * any task is held.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void hold(WorkspaceSid workspace) {
    jdbc.sql(HOLD).param("workspace", workspace.value()).query((row, number) -> true).single();
  }

  /**
   * Makes reservations of matches. A match is dropped whose task no longer waits or asks for
   * something else by now, or whose worker is no longer ready, was changed meanwhile or has left
   * the queue.
   *
   * @return how many reservations were made
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int make(WorkspaceSid workspace, List<Offer> offers) {
    var now = log.now();
    var matched = new LinkedHashMap<TaskSid, UUID>();
    offers.forEach(offer -> matched.put(offer.task(), offer.demandClass()));
    var reserved = tasks.reserve(workspace, matched, now);
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
