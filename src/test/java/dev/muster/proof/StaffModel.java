package dev.muster.proof;

import dev.muster.proof.Deed.CreateWorker;
import dev.muster.proof.Deed.DeleteWorker;
import dev.muster.proof.Deed.EditWorker;
import dev.muster.proof.Deed.MoveWorker;
import dev.muster.proof.Foretold.Worker;
import dev.muster.proof.Snapshot.ReservationRow;
import java.time.Instant;
import java.util.Comparator;

/** What is answered to those who change workers, and what it changes. */
final class StaffModel {

  private final Site site;
  private final Snapshot before;
  private final Instant now;
  private final Foretold foretold;
  private final Consequences consequences;

  StaffModel(
      Site site, Snapshot before, Instant now, Foretold foretold, Consequences consequences) {
    this.site = site;
    this.before = before;
    this.now = now;
    this.foretold = foretold;
    this.consequences = consequences;
  }

  boolean isGone(String worker) {
    return !before.workers().containsKey(worker);
  }

  Reply move(MoveWorker deed) {
    if (deed.rejectPending() && site.available(deed.activity())) {
      return Reply.REFUSED;
    }
    if (isGone(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    if (deed.rejectPending()) {
      before.reservations().values().stream()
          .filter(each -> each.worker().equals(deed.worker()) && each.pending())
          .sorted(Comparator.comparing(ReservationRow::task))
          .forEach(this::refuse);
    }
    foretold.move(deed.worker(), deed.activity());
    return Reply.OK;
  }

  private void refuse(ReservationRow pending) {
    if (pending.expiresAt().isAfter(now)) {
      consequences.letGo(pending, "rejected");
    } else {
      consequences.timeOut(pending);
    }
  }

  Reply edit(EditWorker deed) {
    if (isGone(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    var taken =
        before.workers().values().stream()
            .anyMatch(
                other -> other.name().equals(deed.name()) && !other.sid().equals(deed.worker()));
    if (taken) {
      return Reply.REFUSED;
    }
    foretold.workers.computeIfPresent(
        deed.worker(),
        (sid, worker) -> new Worker(deed.name(), deed.talent().attributes(), worker.activity()));
    return Reply.OK;
  }

  Reply create(CreateWorker deed) {
    if (before.workers().values().stream().anyMatch(each -> each.name().equals(deed.name()))) {
      return Reply.REFUSED;
    }
    foretold.newWorker = new Worker(deed.name(), deed.talent().attributes(), deed.activity());
    return Reply.CREATED;
  }

  Reply delete(DeleteWorker deed) {
    if (isGone(deed.worker())) {
      return Reply.NOT_FOUND;
    }
    var held =
        before.reservations().values().stream()
            .anyMatch(each -> each.worker().equals(deed.worker()) && each.live());
    if (held) {
      return Reply.REFUSED;
    }
    foretold.workers.remove(deed.worker());
    return Reply.DELETED;
  }
}
