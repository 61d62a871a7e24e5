package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    perform(task());
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
    assertThat(ledger.notes()).singleElement(STRING).startsWith("a reservation that had ended");
  }

  @Test
  void noticesARankThatIsNotThatOfTheQueue() {
    perform(task());
    var offered =
        site.present().tasks().values().stream().filter(TaskRow::seeks).findAny().orElseThrow();
    change("UPDATE task SET rank_priority = rank_priority + 1 WHERE sid = ?", offered.sid());

    assertThatThrownBy(this::check).hasMessageContaining("not ranked by the order of its queue");
  }

  @Test
  void noticesAChangeOfATaskThatIsOver() {
    perform(new Deed.MoveTask(accepted.task(), "completed", null));
    var before = site.present();
    change("UPDATE task SET priority = priority + 1 WHERE sid = ?", accepted.task());

    assertThatThrownBy(() -> compare(before)).hasMessageContaining("an ended task changed");
    assertThat(ledger.notes()).singleElement(STRING).startsWith("a task that had ended");
  }

  @Test
  void noticesThatAnotherTenantIsTouched() {
    var waits = new Act(true, Act.Verb.TIME, 0, 0, 0, 0);
    var othersWait = new Act(false, Act.Verb.TIME, 0, 0, 0, 0);
    try (var run = new Run(node, CLOCK, snapshots, acme, globex)) {
      run.play(List.of(waits, othersWait, waits));
      change(
          "UPDATE task_queue SET max_reserved_workers = 9 WHERE workspace_sid = ?",
          run.siteOf(othersWait).workspace());
      run.play(List.of(waits));

      assertThatThrownBy(() -> run.play(List.of(othersWait)))
          .hasMessageContaining("touched by another tenant's deeds");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          offers and status differ                 | UPDATE task SET status = 'reserved' WHERE sid = :task
          the engine would be told another version | UPDATE process_state SET version = version + 99 WHERE task_sid = :task
          a channel and its worker differ          | UPDATE worker_channel SET worker_available = false WHERE worker_sid = :worker
          an activity and its worker differ        | UPDATE worker SET activity_sid = 'WA0' WHERE sid = :worker
          """)
  void noticesWhatCannotBe(String message, String statement) {
    change(statement);

    assertThatThrownBy(this::check).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a task is not where it should be         | UPDATE task SET status = 'wrapping' WHERE sid = :task
          a task says something else               | UPDATE task SET hidden_at = now() WHERE sid = :task
          the engine is not told                   | UPDATE process_state SET version = version - 1 WHERE task_sid = :task
          a reservation changed in secret          | UPDATE reservation SET version = version + 1 WHERE sid = :reservation
          a worker is not as it should be          | UPDATE worker SET friendly_name = 'Eve' WHERE sid = :worker
          a channel changed by itself              | UPDATE worker_channel SET capacity = 9 WHERE worker_sid = :worker
          a queue changed by itself                | UPDATE task_queue SET max_reserved_workers = 9 WHERE workspace_sid = :workspace
          """)
  void noticesWhatHappensByItself(String message, String statement) {
    var before = site.present();
    change(statement);

    assertThatThrownBy(() -> compare(before)).hasMessageContaining(message);
  }

  @Test
  void noticesATaskThatIsGone() {
    var before = site.present();
    change("DELETE FROM task WHERE sid = ?", accepted.task());

    assertThatThrownBy(() -> compare(before)).hasMessageContaining("a task is nowhere");
  }

  @Test
  void noticesAWorkerWhoIsGone() {
    change("DELETE FROM worker WHERE sid = ?", accepted.worker());

    assertThatThrownBy(this::check).hasMessageContaining("reservations of deleted workers");
  }

  @Test
  void isContentWithWhatMusterDoes() {
    var before = site.present();

    assertThatCode(() -> compare(before)).doesNotThrowAnyException();
  }

  private Deed.CreateTask task() {
    return new Deed.CreateTask(
        new Wanted("a", 0, "W0"), "default", 0, 600, site.queues().get(1), false);
  }

  private void check() {
    Invariants.check(site, site.present());
  }

  /** About the task, the worker who has it and this worker's reservation. */
  private void change(String statement) {
    jdbc.sql(statement)
        .param("workspace", site.workspace())
        .param("task", accepted.task())
        .param("worker", accepted.worker())
        .param("reservation", accepted.sid())
        .update();
  }
}
