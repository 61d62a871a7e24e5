package dev.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.TwoTenantsTest;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.TaskChannelSid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class CapacityTest extends TwoTenantsTest {

  @Autowired Capacity capacity;
  @Autowired Workers workers;
  @Autowired WorkerChannels channels;
  @Autowired TransactionTemplate transaction;

  WorkerSid anna;
  WorkerSid ben;
  ActivitySid available;
  ActivitySid offline;

  @BeforeEach
  void given() {
    available = ActivitySid.of(ours.activity("Available"));
    offline = ActivitySid.of(ours.activity("Offline"));
    anna = WorkerSid.of(ours.availableWorker("Anna", "{}").getSid());
    ben = WorkerSid.of(ours.availableWorker("Ben", "{}").getSid());
    theirs.availableWorker("Anna", "{}");
    heard.forget();
  }

  @Test
  void givesOneUnitPerTaskAndRemembersWhen() {
    clock.advance(Duration.ofMinutes(5));

    assertThat(take(claim(anna, "voice"), claim(anna, "chat"), claim(ben, "voice")))
        .containsExactly(true, true, true);
    assertThat(take(claim(anna, "voice"), claim(ben, "chat"))).containsExactly(false, true);

    assertThat(reserved(anna, "voice")).isEqualTo(1);
    assertThat(workers.get(ours.workspaceSid(), anna).version()).isEqualTo(3);
    assertThat(idleSince("worker", "sid", anna)).containsOnly(clock.instant());
    assertThat(idleSince("worker_channel", "worker_sid", anna))
        .contains(clock.instant())
        .hasSize(2);
  }

  @Test
  void servesSeveralClaimsOnOneChannelInTheirOrder() {
    channels.update(ours.workspaceSid(), anna, "chat", 2, null);

    assertThat(
            take(claim(anna, "chat"), claim(ben, "chat"), claim(anna, "chat"), claim(anna, "chat")))
        .containsExactly(true, true, true, false);

    assertThat(reserved(anna, "chat")).isEqualTo(2);
  }

  @Test
  void givesNothingOfAWorkerWhoHasChangedSinceBeingChosen() {
    var unit = claim(anna, "voice").unit();
    var chosen = workers.get(ours.workspaceSid(), anna).version();
    channels.update(ours.workspaceSid(), anna, "chat", 2, null);

    assertThat(
            take(
                new ChannelClaim(unit, chosen, null, false),
                new ChannelClaim(unit, chosen, null, true)))
        .containsOnly(false);
    assertThat(take(new ChannelClaim(unit, chosen + 1, null, false))).containsExactly(true);
  }

  @Test
  void givesNothingWhileActivityChannelOrCapacityForbidIt() {
    channels.update(ours.workspaceSid(), anna, "chat", 0, null);
    channels.update(ours.workspaceSid(), anna, "sms", null, false);
    workers.moveTo(ours.workspaceSid(), ben, offline, clock.instant());

    assertThat(take(claim(anna, "chat"), claim(anna, "sms"), claim(ben, "voice")))
        .containsOnly(false);
    assertThat(take(regardless(anna, "chat"), regardless(ben, "voice"), regardless(ben, "voice")))
        .containsOnly(true);
    assertThat(take(regardless(anna, "sms"))).containsExactly(false);
    assertThat(reserved(ben, "voice")).isEqualTo(2);
  }

  @Test
  void doesNotReachIntoAnotherWorkspaceAndPassesOverWhatIsGone() {
    var unit = claim(anna, "voice");

    var foreign =
        transaction.execute(
            status -> capacity.take(theirs.workspaceSid(), List.of(unit), clock.instant()));
    transaction.executeWithoutResult(
        status -> capacity.accept(theirs.workspaceSid(), unit.unit(), List.of()));

    assertThat(foreign).containsExactly(false);
    assertThat(
            take(
                new ChannelClaim(
                    new ChannelUnit(WorkerSid.next(), unit.unit().channel()), null, null, true)))
        .containsExactly(false);
    assertThat(take()).isEmpty();
    assertThat(reserved(anna, "voice")).isZero();
  }

  @Test
  void takesBackUnitsAndNeverFallsBelowZero() {
    take(claim(anna, "voice"));
    var unit = claim(anna, "voice").unit();

    transaction.executeWithoutResult(
        status -> {
          capacity.accept(ours.workspaceSid(), unit, List.of());
          assertThat(assigned(anna)).isEqualTo(1);
          capacity.unassign(ours.workspaceSid(), List.of(unit, unit));
          capacity.release(ours.workspaceSid(), List.of(unit, unit, unit));
        });

    assertThat(assigned(anna)).isZero();
    assertThat(reserved(anna, "voice")).isZero();
    assertThat(heard.wakeUps(ours)).isPositive();
    assertThat(take(claim(anna, "voice"))).containsExactly(true);
  }

  @Test
  void isNeverOverrunByRoundsThatCollide() throws Exception {
    var seed = System.nanoTime();
    System.out.println("CapacityTest seed " + seed);
    var staff = staff(6, 3);
    var units = units(staff, "voice", "chat");
    var held = units.stream().map(unit -> new AtomicInteger()).toList();

    var shifts =
        IntStream.range(0, 8)
            .<Callable<Void>>mapToObj(
                thread -> () -> work(new Random(seed + thread), units, held, staff))
            .toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Void> shift : threads.invokeAll(shifts)) {
        shift.get();
      }
    }

    for (var i = 0; i < units.size(); i++) {
      assertThat(reserved(units.get(i)))
          .as("seed %d, %s", seed, units.get(i))
          .isEqualTo(held.get(i).get());
    }
  }

  /** Takes and gives back at random; what is held by then never exceeds the capacity of 3. */
  private Void work(
      Random random, List<ChannelUnit> units, List<AtomicInteger> held, List<WorkerSid> staff) {
    for (var step = 0; step < 60; step++) {
      var picked = random.ints(1 + random.nextInt(6), 0, units.size()).boxed().toList();
      if (random.nextInt(10) == 0) {
        var activity = random.nextBoolean() ? available : offline;
        workers.moveTo(
            ours.workspaceSid(),
            staff.get(random.nextInt(staff.size())),
            activity,
            clock.instant());
      } else if (random.nextBoolean()) {
        var claims =
            picked.stream().map(i -> new ChannelClaim(units.get(i), null, null, false)).toList();
        var granted = take(claims.toArray(ChannelClaim[]::new));
        for (var i = 0; i < granted.length; i++) {
          if (granted[i]) {
            assertThat(held.get(picked.get(i)).incrementAndGet()).isLessThanOrEqualTo(3);
          }
        }
      } else {
        var mine = picked.stream().filter(i -> claimBack(held.get(i))).toList();
        transaction.executeWithoutResult(
            status ->
                capacity.release(ours.workspaceSid(), mine.stream().map(units::get).toList()));
      }
    }
    return null;
  }

  private static boolean claimBack(AtomicInteger held) {
    return held.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private List<WorkerSid> staff(int size, int units) {
    var staff = new ArrayList<WorkerSid>();
    for (var i = 0; i < size; i++) {
      var worker =
          workers.create(ours.workspaceSid(), new NewWorker("W" + i, null, available)).sid();
      channels.update(ours.workspaceSid(), worker, "voice", units, null);
      channels.update(ours.workspaceSid(), worker, "chat", units, null);
      staff.add(worker);
    }
    return staff;
  }

  private List<ChannelUnit> units(List<WorkerSid> staff, String... names) {
    return staff.stream()
        .flatMap(worker -> Stream.of(names).map(name -> claim(worker, name).unit()))
        .toList();
  }

  private boolean[] take(ChannelClaim... claims) {
    return transaction.execute(
        status -> capacity.take(ours.workspaceSid(), List.of(claims), clock.instant()));
  }

  private ChannelClaim claim(WorkerSid worker, String channel) {
    return new ChannelClaim(new ChannelUnit(worker, channel(channel)), null, null, false);
  }

  private ChannelClaim regardless(WorkerSid worker, String channel) {
    return new ChannelClaim(new ChannelUnit(worker, channel(channel)), null, null, true);
  }

  private TaskChannelSid channel(String name) {
    return channels.get(ours.workspaceSid(), anna, name).taskChannelSid();
  }

  private int reserved(WorkerSid worker, String channel) {
    return channels.get(ours.workspaceSid(), worker, channel).reserved();
  }

  private int reserved(ChannelUnit unit) {
    return reserved(unit.worker(), unit.channel().value());
  }

  private int assigned(WorkerSid worker) {
    return channels.get(ours.workspaceSid(), worker, "voice").assigned();
  }

  private List<Instant> idleSince(String table, String column, WorkerSid worker) {
    return jdbc.sql("SELECT DISTINCT idle_since FROM %s WHERE %s = ?".formatted(table, column))
        .param(worker.value())
        .query((row, number) -> row.getTimestamp(1).toInstant())
        .list();
  }
}
