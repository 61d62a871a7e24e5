package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.muster.local.Database;
import dev.muster.process.Desk.Given;
import dev.muster.process.ScriptedGateway.Fate;
import dev.muster.process.ScriptedGateway.Message;
import dev.muster.testing.SharedServers;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class RelayTest {

  private static final Duration LATER = Duration.ofMinutes(10);

  private final ScriptedGateway gateway = new ScriptedGateway();
  private final Database database = SharedServers.database();
  private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();
  private Desk desk;

  @BeforeEach
  void startANode() {
    desk = node("20ms").getBean(Desk.class);
  }

  private ConfigurableApplicationContext node(String linger) {
    var properties = new HashMap<String, Object>(gateway.properties());
    properties.putAll(database.properties());
    properties.put("muster.process.linger", linger);
    var node = ProcessSlice.start(properties);
    nodes.add(node);
    return node;
  }

  @AfterEach
  void stop() {
    nodes.forEach(ConfigurableApplicationContext::close);
    gateway.close();
  }

  @Test
  void tellsSeveralMovesAsOne() {
    linger("1s");

    var task = desk.create();
    desk.accept(task.workspace(), desk.offer(task, "WK1", LATER));

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.about(task))
        .extracting(Message::name, Message::stage)
        .containsExactly(tuple("task-created", "assigned"));
  }

  @Test
  void startsNoProcessForATaskThatEndedBefore() {
    linger("1s");

    var task = desk.create();
    desk.become(task, "canceled");

    eventually(() -> assertThat(rows()).isZero());
    assertThat(gateway.about(task)).isEmpty();
  }

  @Test
  void startsAndMovesAProcessOfWhichItIsUnknownWhetherItStarted() {
    gateway.script = once(Fate.TAKEN_WITHOUT_REPLY);

    var task = desk.create();

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.about(task))
        .extracting(Message::name)
        .containsExactly("task-created", "task-created", "task-moved");
  }

  @Test
  void endsAProcessOfWhichItIsUnknownWhetherItStarted() {
    gateway.script = once(Fate.TAKEN_WITHOUT_REPLY);
    gateway.replyMillis = 300;

    var task = desk.create();
    eventually(() -> assertThat(gateway.about(task)).isNotEmpty());
    desk.become(task, "canceled");

    eventually(() -> assertThat(rows()).isZero());
    assertThat(gateway.about(task)).extracting(Message::stage).containsExactly("queued", "ended");
  }

  @Test
  void tellsAgainUnderAnotherIdSoThatTheEngineDoesNotTakeItForARepetition() {
    var task = desk.create();
    desk.become(task, "assigned");
    eventually(() -> assertThat(untold()).isZero());

    nodes.getFirst().getBean(Outbox.class).retell(task.workspace(), task.task());
    eventually(() -> assertThat(untold()).isZero());
    nodes.getFirst().getBean(Outbox.class).retell(task.workspace(), task.task());
    eventually(() -> assertThat(untold()).isZero());

    assertThat(gateway.about(task)).extracting(Message::id).doesNotHaveDuplicates();
    assertThat(gateway.about(task)).last().extracting(Message::stage).isEqualTo("assigned");
  }

  @Test
  void tellsAgainWhatATimerAsksForBeforeTheReplyHasCome() {
    var task = desk.create();
    eventually(() -> assertThat(untold()).isZero());
    gateway.held = new CountDownLatch(1);
    desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(gateway.about(task)).hasSize(2));

    nodes.getFirst().getBean(Outbox.class).retell(task.workspace(), task.task());
    gateway.held.countDown();

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.about(task))
        .extracting(Message::stage)
        .containsExactly("queued", "offered", "offered");
    assertThat(gateway.about(task)).extracting(Message::id).doesNotHaveDuplicates();
  }

  @Test
  void fillsAnEngineAnewBesideATellingThatIsOnItsWay() {
    var task = desk.create();
    eventually(() -> assertThat(untold()).isZero());
    gateway.held = new CountDownLatch(1);
    desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(gateway.about(task)).hasSize(2));

    nodes.getFirst().getBean(Outbox.class).refill();
    gateway.held.countDown();

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.about(task))
        .extracting(Message::name)
        .containsExactly("task-created", "task-moved", "task-created", "task-moved");
    assertThat(gateway.overtaken).isEmpty();
  }

  @Test
  void fillsAnEngineAnewThatIsTooBusyForATellingOnItsWay() {
    var task = desk.create();
    eventually(() -> assertThat(untold()).isZero());
    gateway.held = new CountDownLatch(1);
    gateway.script = once(Fate.REJECTED);
    gateway.attempts.set(0);
    desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(gateway.attempts.get()).isEqualTo(1));

    nodes.getFirst().getBean(Outbox.class).refill();
    gateway.held.countDown();

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.about(task))
        .extracting(Message::name)
        .containsExactly("task-created", "task-created", "task-moved");
  }

  @Test
  void tellsNothingAnewToAnEngineThatIsAway() {
    desk.create();
    eventually(() -> assertThat(untold()).isZero());
    gateway.close();

    assertThatThrownBy(() -> nodes.getFirst().getBean(Reconcile.class).refill())
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNAVAILABLE));
    assertThat(untold()).isZero();
  }

  @Test
  void sendsFewerCommandsWhileTheEngineIsBusyAndLosesNone() {
    gateway.script = message -> Fate.REJECTED;
    for (int i = 0; i < 200; i++) {
      desk.create();
    }

    eventually(() -> assertThat(nodes.getFirst().getBean(Relay.class).inTrouble()).isTrue());
    var settled = lag().plusSeconds(1);
    eventually(() -> assertThat(lag()).isGreaterThan(settled));
    gateway.attempts.set(0);
    eventually(() -> assertThat(lag()).isGreaterThan(settled.plusSeconds(2)));
    assertThat(gateway.attempts.get()).isBetween(1, 20);

    gateway.script = message -> Fate.TAKEN;
    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.taken).hasSize(200).extracting(Message::key).doesNotHaveDuplicates();
    assertThat(nodes.getFirst().getBean(Relay.class).inTrouble()).isFalse();
  }

  private Duration lag() {
    return nodes.getFirst().getBean(Relay.class).lag();
  }

  @Test
  void keepsTheOrderOfEveryTaskWhateverTheEngineDoes() {
    node("0ms");
    var tasks = new ArrayList<Given>();
    for (int i = 0; i < 20; i++) {
      tasks.add(desk.create());
    }
    eventually(() -> assertThat(untold()).isZero());
    gateway.replyMillis = 3;
    gateway.script =
        message -> {
          var dice = ThreadLocalRandom.current().nextInt(40);
          return dice == 0 ? Fate.REJECTED : dice == 1 ? Fate.TAKEN_WITHOUT_REPLY : Fate.TAKEN;
        };

    var random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      var stages = List.of("pending", "assigned", "wrapping");
      desk.become(tasks.get(random.nextInt(20)), stages.get(random.nextInt(3)));
    }
    tasks.forEach(task -> desk.become(task, "completed"));

    eventually(() -> assertThat(rows()).isZero());
    assertThat(gateway.overtaken).isEmpty();
    for (var task : tasks) {
      var moves =
          gateway.about(task).stream().filter(told -> told.name().equals("task-moved")).toList();
      assertThat(moves).extracting(Message::version).isSorted();
      assertThat(moves).last().extracting(Message::stage).isEqualTo("ended");
    }
  }

  @Test
  void looksOnceForAProcessThatManyTasksNameAndFallsBackIfItIsMissing() {
    var tasks = new ArrayList<Given>();
    for (int i = 0; i < 50; i++) {
      tasks.add(desk.createFollowing("gone"));
    }

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.taken)
        .hasSize(50)
        .extracting(Message::name)
        .containsOnly(TaskProcess.TASK_CREATED);
    assertThat(gateway.looks.get()).isLessThanOrEqualTo(2);
    assertThat(nodes.getFirst().getBean(Relay.class).inTrouble()).isFalse();
  }

  @Test
  void startsTheProcessThatATaskNamesByAMessageOfItsOwn() {
    gateway.present = process -> Status.INVALID_ARGUMENT.withDescription("no element found");

    var task = desk.createFollowing("approved-task");

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.about(task))
        .extracting(Message::name)
        .containsExactly("task-created-approved-task");
  }

  @Test
  void waitsForAnEngineThatCannotSayWhetherItHasAProcess() {
    gateway.present = process -> Status.UNAVAILABLE;

    var task = desk.createFollowing("approved-task");
    eventually(() -> assertThat(nodes.getFirst().getBean(Relay.class).inTrouble()).isTrue());
    gateway.present = process -> Status.INVALID_ARGUMENT.withDescription("no element found");

    eventually(() -> assertThat(untold()).isZero());
    assertThat(gateway.about(task))
        .extracting(Message::name)
        .containsExactly("task-created-approved-task");
  }

  private void linger(String linger) {
    nodes.removeFirst().close();
    desk = node(linger).getBean(Desk.class);
  }

  private static Function<Message, Fate> once(Fate fate) {
    var times = new AtomicInteger();
    return message -> times.getAndIncrement() == 0 ? fate : Fate.TAKEN;
  }

  private int untold() {
    return count("version > told_version");
  }

  private int rows() {
    return count("true");
  }

  private int count(String condition) {
    return nodes
        .getLast()
        .getBean(JdbcClient.class)
        .sql("SELECT count(*) FROM process_state WHERE " + condition)
        .query(Integer.class)
        .single();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }
}
