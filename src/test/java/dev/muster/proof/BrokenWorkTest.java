package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.proof.Snapshot.ReservationRow;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks are not blind: each of these breaks past Muster what must always hold. */
class BrokenWorkTest extends OneNodeTest {

  private ReservationRow accepted;
  private ReservationRow rescinded;

  @BeforeAll
  static void letAWorkerTakeWhatAnotherHas() {
    jdbc.sql("DROP INDEX reservation_one_acceptance").update();
  }

  /** A task that was offered to two, and that one of them has. */
  @BeforeEach
  void given() {
    perform(new Deed.EditQueue(site.queues().get(1), "1==1", "FIFO", 2));
    for (var name : List.of("W0", "W1")) {
      perform(new Deed.CreateWorker(name, new Talent("es", 3), site.activity("Available")));
    }
    perform(
        new Deed.CreateTask(
            new Wanted("a", 0, "W0"), "default", 0, 600, site.queues().get(1), false));
    var offers = reservations();
    accepted = offers.getFirst();
    rescinded = offers.getLast();
    perform(new Deed.AnswerOffer(accepted.sid(), accepted.task(), "accepted", false, null, null));
    check();
  }

  @Test
  void noticesASecondAcceptance() {
    change("UPDATE reservation SET status = 'accepted' WHERE sid = ?", rescinded.sid());

    assertThatThrownBy(this::check).hasMessageContaining("accepted twice");
  }

  @Test
  void noticesAUnitThatNobodyHolds() {
    change("UPDATE worker_channel SET reserved = 2 WHERE worker_sid = ?", accepted.worker());

    assertThatThrownBy(this::check).hasMessageContaining("counters and reservations differ");
  }

  @Test
  void noticesATaskThatWaitsWhileAWorkerHasIt() {
    change("UPDATE task SET status = 'pending' WHERE sid = ?", accepted.task());

    assertThatThrownBy(this::check).hasMessageContaining("the task's status differ");
  }

  @Test
  void noticesATaskThatIsHandedOnWithoutATransfer() {
    change("UPDATE task SET transfer = 'waiting' WHERE sid = ?", accepted.task());

    assertThatThrownBy(this::check).hasMessageContaining("a transfer and its task differ");
  }

  @Test
  void noticesAReservationWithoutItsTask() {
    change("DELETE FROM task WHERE sid = ?", accepted.task());

    assertThatThrownBy(this::check).hasMessageContaining("live reservations of deleted tasks");
  }

  @Test
  void noticesAMemberWhoIsMissingInAQueue() {
    change("DELETE FROM queue_member WHERE worker_sid = ?", accepted.worker());

    assertThatThrownBy(this::check).hasMessageContaining("in the wrong queues");
  }

  @Test
  void noticesWhatChangesWithoutAWord() {
    var before = site.present();
    change("UPDATE reservation SET status = 'timeout' WHERE sid = ?", rescinded.sid());

    assertThatThrownBy(() -> compare(before))
        .hasMessageContaining("a reservation is not as it should be");
  }

  @Test
  void noticesAnOfferThatCameTooEarly() {
    var before = site.present();
    change("UPDATE reservation SET status = 'pending' WHERE sid = ?", rescinded.sid());
    change("UPDATE task SET version = version + 1 WHERE sid = ?", rescinded.task());

    assertThatThrownBy(() -> compare(before)).isInstanceOf(Violation.class);
  }

  @Test
  void isContentWithWhatMusterDoes() {
    var before = site.present();

    assertThatCode(() -> compare(before)).doesNotThrowAnyException();
  }

  private void check() {
    Invariants.check(site, site.present());
  }
}
