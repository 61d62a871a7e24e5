package dev.muster.reservation;

import dev.muster.worker.Capacity;
import dev.muster.worker.ChannelClaim;
import dev.muster.worker.ChannelUnit;
import dev.muster.worker.Workers;
import dev.muster.workspace.WorkspaceSid;
import dev.muster.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What reservations mean to their workers: units of capacity, and where it was agreed so, what the
 * worker does next.
 */
@Component
class Load {

  private final Capacity capacity;
  private final SingleTasking singleTasking;
  private final AfterWork afterWork;
  private final Workers workers;
  private final Workspaces workspaces;

  Load(
      Capacity capacity,
      SingleTasking singleTasking,
      AfterWork afterWork,
      Workers workers,
      Workspaces workspaces) {
    this.capacity = capacity;
    this.singleTasking = singleTasking;
    this.afterWork = afterWork;
    this.workers = workers;
    this.workspaces = workspaces;
  }

  /** Takes a unit for each offer; says at its place in the list whether it was there to take. */
  boolean[] take(WorkspaceSid workspace, List<Offer> offers, Instant now) {
    return capacity.take(workspace, offers.stream().map(Load::claim).toList(), now);
  }

  private static ChannelClaim claim(Offer offer) {
    return new ChannelClaim(
        new ChannelUnit(offer.worker(), offer.channel()),
        offer.workerVersion(),
        offer.direct() ? null : offer.queue().value(),
        offer.ignoreCapacity());
  }

  /** Holds the workers of reservations of which several will end in different ways. */
  void hold(List<Reservation> reservations) {
    capacity.hold(
        reservations.getFirst().workspace(),
        reservations.stream().map(Reservation::worker).toList());
  }

  void offered(List<Reservation> made, Instant now) {
    singleTasking.offered(made, now);
  }

  /** Counts the work of who took a task, and gives back the units of the others it was offered. */
  void accepted(Reservation accepted, List<Reservation> rescinded, Instant now) {
    capacity.accept(accepted.workspace(), accepted.unit(), units(rescinded));
    if (!rescinded.isEmpty()) {
      singleTasking.withdrawn(rescinded, now);
    }
    singleTasking.accepted(accepted, now);
  }

  /** The units are kept until the reservations end. */
  void wrapping(List<Reservation> wrapping) {
    capacity.unassign(wrapping.getFirst().workspace(), units(wrapping));
  }

  /** Gives units back of reservations that had the status {@code from} and came to one end. */
  void ended(List<Reservation> ended, ReservationStatus from, Instant now) {
    var workspace = ended.getFirst().workspace();
    if (from == ReservationStatus.ACCEPTED) {
      capacity.finish(workspace, units(ended));
    } else {
      capacity.release(workspace, units(ended));
    }
    switch (ended.getFirst().status()) {
      case COMPLETED -> afterWork.move(ended, now);
      case CANCELED, RESCINDED -> singleTasking.withdrawn(ended, now);
      case PENDING, ACCEPTED, REJECTED, TIMEOUT, WRAPPING -> {}
    }
  }

  /**
   * Moves a worker who did not answer to the workspace's timeout activity; one whom the workspace
   * leaves where workers are is as available as before the offer.
   */
  void unanswered(Reservation timedOut, Instant now) {
    var workspace = workspaces.get(timedOut.workspace());
    if (workspace.timeoutMovesWorker()) {
      workers.moveTo(workspace.sid(), timedOut.worker(), workspace.timeoutActivity(), now);
    } else {
      singleTasking.withdrawn(List.of(timedOut), now);
    }
  }

  private static List<ChannelUnit> units(List<Reservation> reservations) {
    return reservations.stream().map(Reservation::unit).toList();
  }
}
