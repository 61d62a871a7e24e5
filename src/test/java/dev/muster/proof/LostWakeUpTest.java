package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.muster.proof.Client.Request;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commits come late on both nodes, each by another time: rounds begin before what they were to see
 * is committed, and end after what they saw has changed. All the same, once the rounds have come to
 * rest nobody is idle whom a task waits for. That is looked at after every few deeds, before later
 * rounds make up for one that was lost. The sweeps come once an hour.
 */
class LostWakeUpTest {

  private static final int SEEDS = 6 * Integer.getInteger("proof.factor", 1);
  private static final int CLIENTS = 6;
  private static final int RESTS = 30;
  private static final long LONGEST_DELAY_MICROS = 30_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  static TwoNodes muster;

  @BeforeAll
  static void start() throws Exception {
    muster = new TwoNodes();
    muster.clock.stop();
  }

  @AfterAll
  static void stop() throws Exception {
    muster.close();
  }

  @BeforeEach
  void onTime() {
    muster.interludes.forget();
  }

  @Test
  void leavesNobodyIdleWhomATaskWaitsFor() {
    var first = Long.getLong("proof.seed", System.nanoTime() >>> 8);
    System.out.println("LostWakeUpTest seeds from " + first);
    workFrom(first);
  }

  /** The test is not blind: this is a Muster that loses them. */
  @Test
  void noticesThatRoundsAreAskedForBeforeTheCommit() {
    var mending = muster.nodes.stream().map(Node::askForRoundsTooEarly).toList();

    var heard = catchThrowable(() -> workFrom(1));
    mending.forEach(Runnable::run);

    assertThat(heard)
        .cause()
        .hasMessageMatching("(?s)(a task waits for a worker who is idle|nobody asked).*");
  }

  private static void workFrom(long first) {
    for (var seed = first; seed < first + SEEDS; seed++) {
      work(seed);
    }
  }

  private static void work(long seed) {
    var random = new Random(seed);
    muster.interludes.beforeEachCommit(() -> delay(random));
    try (var crowd = new Crowd(muster, seed, CLIENTS)) {
      for (var rest = 0; rest < RESTS; rest++) {
        crowd.work(1);
        muster.awaitRest();
        crowd.sites().forEach(LostWakeUpTest::checkAtRest);
      }
    } catch (Exception | Violation failure) {
      throw new AssertionError("seed " + seed, failure);
    }
  }

  /** Nor is the check itself. */
  @Test
  void wouldNoticeIfOneWereLost() {
    var site = muster.open(true);
    var worker =
        site.client()
            .sid(
                Request.post(
                    site.path("Workers"),
                    "FriendlyName",
                    "W0",
                    "Attributes",
                    new Talent("es", 3).attributes()));
    site.client()
        .sid(
            Request.post(
                site.path("Tasks"),
                "WorkflowSid",
                site.workflow(),
                "Attributes",
                new Wanted("e", 0, "W0").attributes()));
    muster.awaitRest();
    checkAtRest(site);

    becomeReadyWithoutAWord(site, worker);

    assertThatThrownBy(() -> checkAtRest(site)).hasMessageContaining("a worker who is idle");
    muster.nodes.getLast().rounds().request(WorkspaceSid.of(site.workspace()));
    await().atMost(PATIENCE).untilAsserted(() -> checkAtRest(site));
    site.close();
  }

  private static void checkAtRest(Site site) {
    Invariants.checkAtRest(site, site.present(), muster.clock.instant());
  }

  private static void delay(Random random) {
    if (random.nextInt(3) > 0) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(LONGEST_DELAY_MICROS)));
    }
  }

  private static void becomeReadyWithoutAWord(Site site, String worker) {
    var jdbc = muster.jdbc();
    jdbc.sql("UPDATE worker SET available = true, activity_sid = ? WHERE sid = ?")
        .params(site.activities().get("Available"), worker)
        .update();
    jdbc.sql("UPDATE worker_channel SET worker_available = true WHERE worker_sid = ?")
        .param(worker)
        .update();
  }
}
