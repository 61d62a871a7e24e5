package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.proof.Client.Request;
import dev.muster.proof.OfferedTask.Call;
import dev.muster.proof.Snapshot.ReservationRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 64 clients of two nodes go for the same few reservations: everybody gets the answer that the
 * specification gives, and nobody gets what somebody else has.
 */
class RaceTest {

  private static final int CLIENTS = 64;
  private static final int CALLS_OF_A_CLIENT = 6;
  private static final int HEATS = 8 * Integer.getInteger("proof.factor", 1);
  private static final int TASKS = 5;
  private static final int WORKERS = 5;
  private static final int WANTED_BY_ALL = 3;
  private static final int LEAST_AT_ONCE = 8;
  private static final List<String> TO_RESERVATIONS =
      List.of("accepted", "accepted", "accepted", "rejected", "wrapping", "completed");
  private static final List<String> TO_TASKS = List.of("canceled", "wrapping", "completed");

  TwoNodes muster;
  Ledger ledger;
  Site site;

  @BeforeEach
  void start() throws Exception {
    muster = new TwoNodes();
    ledger = Ledger.open(muster.jdbc());
    site = muster.open(true);
    for (var i = 0; i < WORKERS; i++) {
      var call =
          new Deed.CreateWorker("W" + i, new Talent("es", 3), site.activities().get("Available"));
      var worker = site.client().sid(call.request(site));
      site.client().send(new Deed.EditChannel(worker, "default", 2, true).request(site));
    }
  }

  @AfterEach
  void stop() throws Exception {
    muster.close();
  }

  @Test
  void everyCallIsAnsweredAsIfTheyHadComeOneAfterTheOther() throws Exception {
    var seed = Long.getLong("proof.seed", System.nanoTime() >>> 8);
    System.out.println("RaceTest seed " + seed);
    var random = new Random(seed);
    var all = new ArrayList<Call>();

    for (var heat = 0; heat < HEATS; heat++) {
      var tasks = IntStream.range(0, TASKS).mapToObj(i -> task()).toList();
      muster.awaitRest();
      var calls = race(random);
      muster.awaitRest();
      assertThat(atOnce(calls)).as("seed %d", seed).isGreaterThanOrEqualTo(LEAST_AT_ONCE);
      var end = site.present();
      Invariants.check(site, end);
      tasks.forEach(task -> check(seed, calls, end, task));
      tasks.forEach(task -> site.client().send(Request.delete(site.path("Tasks", task))));
      all.addAll(calls);
    }

    assertThat(ledger.notes()).as("seed %d", seed).isEmpty();
    assertThatTheyCameIntoEachOthersWay(all);
  }

  /** The order in which a history is explained, task by task, since no call is on two. */
  private static void check(long seed, List<Call> calls, Snapshot end, String task) {
    var history = calls.stream().filter(call -> call.task().equals(task)).toList();
    var rounds =
        end.ofTask(task).stream()
            .collect(
                Collectors.groupingBy(
                    ReservationRow::createdAt,
                    TreeMap::new,
                    Collectors.mapping(ReservationRow::sid, Collectors.toList())))
            .values();

    var refutation = Linearizability.refutation(history, new OfferedTask(List.copyOf(rounds)));

    assertThat(refutation).as("seed %d: %s and %s", seed, end.ofTask(task), history).isEmpty();
    assertThat(history)
        .filteredOn(call -> call.accepts() && call.reply().successful())
        .as("seed %d", seed)
        .hasSizeLessThanOrEqualTo(1);
  }

  private static void assertThatTheyCameIntoEachOthersWay(List<Call> calls) {
    for (var node : List.of(0, 1)) {
      assertThat(calls)
          .filteredOn(call -> call.accepts() && call.node() == node)
          .extracting(Call::reply)
          .contains(Reply.OK, Reply.REFUSED, Reply.GONE);
    }
  }

  /** The most calls to one reservation that were ever under way on the node that had fewer. */
  private static int atOnce(List<Call> calls) {
    return calls.stream()
        .filter(call -> call.reservation() != null)
        .mapToInt(
            call ->
                IntStream.of(0, 1)
                    .map(
                        node ->
                            (int) calls.stream().filter(other -> meets(call, other, node)).count())
                    .min()
                    .orElseThrow())
        .max()
        .orElseThrow();
  }

  /** Whether the other was under way on the node when the call was made. */
  private static boolean meets(Call call, Call other, int node) {
    return other.node() == node
        && Objects.equals(other.reservation(), call.reservation())
        && other.invokedAt() <= call.invokedAt()
        && call.invokedAt() < other.answeredAt();
  }

  /** In the queue that asks three workers at once. */
  private String task() {
    var call =
        new Deed.CreateTask(
            new Wanted("a", 0, ""), "default", 0, 600, site.queues().getLast(), false);
    return site.client().sid(call.request(site));
  }

  /** All begin with the same few offers, and go on with whatever there is by then. */
  private List<Call> race(Random random) throws Exception {
    var offers = new ArrayList<>(site.present().reservations().values());
    offers.removeIf(offer -> !offer.pending());
    Collections.shuffle(offers, random);
    var begin = new CountDownLatch(1);
    var present = new AtomicReference<List<ReservationRow>>(offers);
    var seed = random.nextLong();
    var clients =
        IntStream.range(0, CLIENTS)
            .<Callable<List<Call>>>mapToObj(
                client ->
                    () -> {
                      var first = offers.get(client / muster.nodes.size() % WANTED_BY_ALL);
                      begin.await();
                      return run(client, first, new Random(seed + client), present);
                    })
            .toList();
    var calls = new ArrayList<Call>();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var running = clients.stream().map(threads::submit).toList();
      begin.countDown();
      while (running.stream().anyMatch(client -> !client.isDone())) {
        present.set(List.copyOf(site.present().reservations().values()));
      }
      for (Future<List<Call>> done : running) {
        calls.addAll(done.get());
      }
    }
    return calls;
  }

  private List<Call> run(
      int number, ReservationRow first, Random random, AtomicReference<List<ReservationRow>> seen) {
    var node = number % muster.nodes.size();
    var client = muster.client(true, node);
    var calls = new ArrayList<Call>();
    calls.add(call(number, node, client, first, first.sid(), "accepted"));
    while (calls.size() < CALLS_OF_A_CLIENT) {
      var offer = any(seen.get(), random);
      calls.add(
          random.nextInt(6) == 0
              ? call(number, node, client, offer, null, any(TO_TASKS, random))
              : call(number, node, client, offer, offer.sid(), any(TO_RESERVATIONS, random)));
    }
    return calls;
  }

  private Call call(
      int number,
      int node,
      Client client,
      ReservationRow offer,
      @Nullable String reservation,
      String wanted) {
    var deed =
        reservation == null
            ? new Deed.MoveTask(offer.task(), wanted, null)
            : new Deed.AnswerOffer(
                reservation,
                number % 4 < 2 ? offer.task() : offer.worker(),
                wanted,
                false,
                null,
                null);
    var request = ((Deed.Call) deed).request(site);
    var invokedAt = System.nanoTime();
    var answer = client.send(request);
    var answeredAt = System.nanoTime();
    if (answer.reply().successful()) {
      assertThat(answer.text(reservation == null ? "assignment_status" : "reservation_status"))
          .isEqualTo(wanted);
    }
    return new Call(
        number, node, offer.task(), reservation, wanted, invokedAt, answeredAt, answer.reply());
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
