package dev.muster.proof;

import dev.muster.local.Credentials;
import dev.muster.testing.SettableClock;
import dev.muster.testing.SharedServers;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One node and two tenants, to break something there and see who notices. */
abstract class OneNodeTest {

  static final SettableClock CLOCK = new SettableClock();
  static final Interludes INTERLUDES = new Interludes();

  static Node node;
  static Snapshots snapshots;
  static JdbcClient jdbc;
  static Ledger ledger;
  static Client acme;
  static Client globex;

  /** One of the first tenant, where workers may have several tasks. */
  Site site;

  @BeforeAll
  static void start() throws SQLException {
    var database = SharedServers.database();
    CLOCK.stop();
    node = Node.start(database, Credentials.random(), CLOCK, INTERLUDES, 4);
    snapshots = new Snapshots(database);
    jdbc = database.rows();
    ledger = Ledger.open(jdbc);
    acme = newTenant();
    globex = newTenant();
  }

  private static Client newTenant() {
    var account = node.newTenant();
    return InProcess.as(node.web(), account.user(), account.password());
  }

  @AfterAll
  static void stop() throws SQLException {
    snapshots.close();
    node.close();
  }

  @BeforeEach
  void openSite() {
    ledger.clear();
    site = Site.open(acme, snapshots, true);
  }

  @AfterEach
  void closeSite() {
    INTERLUDES.forget();
    site.close();
  }

  void perform(Deed.Call call) {
    var answer = site.client().send(call.request(site));
    Violation.unless(answer.reply().successful(), "refused", call, answer);
    node.rounds().awaitRest();
  }

  /** Does it, and holds what comes of it to the invariants and the model. */
  void settle(Deed.Call call) {
    var before = site.present();
    var model = new Model(site, before, CLOCK.instant());
    model.foretell(call);
    perform(call);
    var after = site.present();
    Invariants.check(site, after);
    new Comparison(site, before, model, after, CLOCK.instant()).check(call);
  }

  /** As if time had passed, and nothing had been done. */
  void compare(Snapshot before) {
    var deed = new Deed.LetTimePass(0);
    var model = new Model(site, before, CLOCK.instant());
    model.foretell(deed);
    new Comparison(site, before, model, site.present(), CLOCK.instant()).check(deed);
  }

  List<Snapshot.ReservationRow> reservations() {
    return site.present().reservations().values().stream()
        .sorted(Comparator.comparing(Snapshot.ReservationRow::sid))
        .toList();
  }

  /** Past Muster. */
  static void change(String statement, String sid) {
    jdbc.sql(statement).param(sid).update();
  }
}
