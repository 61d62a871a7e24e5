package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.local.Credentials;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.testing.SettableClock;
import dev.muster.testing.SharedServers;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The checks are not blind: each of these breaks past Muster what must always hold. */
class BrokenWorkTest {

  private static final SettableClock CLOCK = new SettableClock();

  private static Node node;
  private static Snapshots snapshots;
  private static JdbcClient jdbc;
  private static Client tenant;

  private Site site;
  private ReservationRow accepted;
  private ReservationRow rescinded;

  @BeforeAll
  static void start() throws SQLException {
    var database = SharedServers.database();
    CLOCK.stop();
    node = Node.start(database, Credentials.random(), CLOCK, new Interludes(), 4);
    snapshots = new Snapshots(database);
    jdbc = database.rows();
    jdbc.sql("DROP INDEX reservation_one_acceptance").update();
    var account = node.newTenant();
    tenant = InProcess.as(node.web(), account.user(), account.password());
  }

  @AfterAll
  static void stop() throws SQLException {
    snapshots.close();
    node.close();
  }

  /** A task that was offered to two, and that one of them has. */
  @BeforeEach
  void given() {
    site = Site.open(tenant, snapshots, true);
    perform(new Deed.EditQueue(site.queues().get(1), "1==1", "FIFO"));
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

  @AfterEach
  void close() {
    site.close();
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

  /** As if time had passed, and nothing had been done. */
  private void compare(Snapshot before) {
    var deed = new Deed.LetTimePass(0);
    var model = new Model(site, before, CLOCK.instant());
    model.foretell(deed);
    new Comparison(site, before, model, site.present(), CLOCK.instant()).check(deed);
  }

  private void perform(Deed.Call call) {
    var answer = site.client().send(call.request(site));
    Violation.unless(answer.reply().successful(), "refused", call, answer);
    node.rounds().awaitRest();
  }

  private List<ReservationRow> reservations() {
    return site.present().reservations().values().stream()
        .sorted(Comparator.comparing(ReservationRow::sid))
        .toList();
  }

  private static void change(String statement, String sid) {
    jdbc.sql(statement).param(sid).update();
  }
}
