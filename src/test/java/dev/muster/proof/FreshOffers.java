package dev.muster.proof;

import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.WorkerRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Checks the offers that the rounds made which followed a deed, each for itself. */
final class FreshOffers {

  private final Site site;
  private final Foretold foretold;
  private final Snapshot after;
  private final Instant now;
  private final List<ReservationRow> fresh;
  private final ServingOrder order;

  FreshOffers(Site site, Snapshot before, Foretold foretold, Snapshot after, Instant now) {
    this.site = site;
    this.foretold = foretold;
    this.after = after;
    this.now = now;
    this.fresh =
        after.reservations().values().stream()
            .filter(each -> !before.reservations().containsKey(each.sid()))
            .toList();
    this.order = new ServingOrder(site, before, foretold, after, now);
  }

  void check() {
    var counting = fresh.stream().filter(this::regardsCapacity).toList();
    Violation.unless(
        site.multitasking()
            || counting.stream().map(ReservationRow::worker).distinct().count() == counting.size(),
        "several tasks at once for one worker",
        fresh);
    fresh.forEach(this::check);
    fresh.forEach(this::checkRoom);
    order.check(fresh);
  }

  private boolean regardsCapacity(ReservationRow offer) {
    return !after.tasks().get(offer.task()).ignoreCapacity();
  }

  private void check(ReservationRow offer) {
    var task = after.tasks().get(offer.task());
    var worker = foretold.asFound(site, after.workers().get(offer.worker()));
    var answerable = now.plusSeconds(Site.RESERVATION_TIMEOUT_SECONDS);
    var end = answerable.isBefore(task.expiresAt()) ? answerable : task.expiresAt();
    Violation.unless(
        offer.pending()
            && offer.version() == 1
            && offer.createdAt().equals(now)
            && offer.expiresAt().equals(end)
            && end.isAfter(now)
            && offer.queue().equals(task.queue())
            && offer.channel().equals(task.channel())
            && site.multitasking() == (offer.previousActivity() == null)
            && (site.multitasking() || tellsWhatWasBefore(offer, worker)),
        "an odd offer",
        offer,
        task);
    Violation.unless(
        new Eligibility(site, after).mayTake(task, worker),
        "offered to somebody who may not take it",
        offer,
        task,
        worker);
  }

  /** One that does not ask for room may follow another, in a round of its own. */
  private boolean tellsWhatWasBefore(ReservationRow offer, WorkerRow worker) {
    var previous = Objects.requireNonNull(offer.previousActivity());
    return previous.equals(worker.activity())
        || previous.equals(site.activity("Reserved"))
            && !regardsCapacity(offer)
            && fresh.stream()
                .filter(other -> other.worker().equals(offer.worker()))
                .anyMatch(other -> worker.activity().equals(other.previousActivity()));
  }

  /** Whoever ignores capacity may exceed it, and nobody else. */
  private void checkRoom(ReservationRow offer) {
    var channel = after.workers().get(offer.worker()).channels().get(offer.channel());
    var ignored =
        after.reservations().values().stream()
            .anyMatch(
                each ->
                    each.live()
                        && each.worker().equals(offer.worker())
                        && after.tasks().get(each.task()).ignoreCapacity());
    Violation.unless(
        ignored || channel.reserved() <= channel.capacity(),
        "more than there was room for",
        offer,
        channel);
  }
}
