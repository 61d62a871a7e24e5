package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.testing.AnotherNode;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** What a worker's socket is sent, and when it ends. */
@TestPropertySource(properties = "muster.channel.beat-every=1s")
class WorkerSocketTest extends ChannelTest {

  @Autowired Environment environment;
  @Autowired Heartbeat heartbeat;

  private Socket socket;

  @AfterEach
  void closeSocket() {
    if (socket != null) {
      socket.close();
    }
  }

  @Test
  void beginsWithWhoItIsForAndHowLongItsTokenLasts() {
    open(anna);

    var init = socket.await("init");

    assertThat(socket.types()).startsWith("init");
    assertThat(init.path("channel_id").asString()).isEqualTo(anna.getSid());
    assertThat(init.path("workspace_sid").asString()).isEqualTo(ours.workspace());
    assertThat(init.path("account_sid").asString()).isEqualTo(acme.user());
    assertThat(init.path("token_lifetime").asLong()).isBetween(3_590_000L, 3_610_000L);
    socket.awaitBeat();
  }

  @Test
  void tellsAWorkerItsOwnEventsInOrderWithTheVersionsThatClientsCount() {
    open(anna);
    socket.await("init");

    ours.move(anna, "Available");
    var task = ours.task(inbound, "{}");
    var offer = ours.awaitOffer(task);
    ours.answer(offer, Status.ACCEPTED);
    ours.complete(task);
    ours.move(ben, "Available");

    socket.await("reservation.completed");
    socket.await("task.updated");
    assertThat(socket.types())
        .containsExactly(
            "init",
            "worker.activity.update",
            "reservation.created",
            "reservation.accepted",
            "task.completed",
            "reservation.completed",
            "task.updated");
    assertThat(socket.payload("worker.activity.update").path("version").asInt()).isEqualTo(2);
    assertThat(ours.get(ours.path("Workers", anna.getSid())).header("ETag")).isEqualTo("\"3\"");
    assertThat(socket.payload("reservation.created").path("reservation_status").asString())
        .isEqualTo("pending");
    assertThat(versions("reservation.created", "reservation.accepted", "reservation.completed"))
        .containsExactly(1, 2, 3);
    assertThat(socket.payload("reservation.created").path("task").path("sid").asString())
        .isEqualTo(task.getSid());
  }

  @Test
  void tellsOfChangedChannels() {
    open(anna);
    socket.await("init");

    ours.wire()
        .post(
            ours.path("Workers", anna.getSid(), "Channels", "voice"),
            "Capacity",
            "4",
            "Available",
            "false");

    var channel = socket.await("worker.channel.availability.update");
    assertThat(channel.path("configured_capacity").asInt()).isEqualTo(4);
    assertThat(channel.path("available").asBoolean()).isFalse();
    assertThat(channel.path("task_channel_unique_name").asString()).isEqualTo("voice");
    assertThat(socket.types()).contains("worker.capacity.update");
  }

  @Test
  void tellsTheEndOfAnOfferWhoseTaskWasDeleted() {
    open(anna);
    var task = offeredTo(anna);
    socket.await("reservation.created");

    ours.wire().delete(ours.path("Tasks", task.getSid()));

    var canceled = socket.await("reservation.canceled");
    assertThat(canceled.path("task").path("sid").asString()).isEqualTo(task.getSid());
  }

  @Test
  void opensForNobodyWithoutAToken() {
    assertThatThrownBy(() -> Socket.open(acme.base(), "nonsense"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    var queue = tokens.capability(anna.getSid()).replace('a', 'b');
    assertThatThrownBy(() -> Socket.open(acme.base(), queue))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void opensWithACapabilityToken() {
    socket = Socket.open(acme.base(), tokens.capability(anna.getSid()));

    assertThat(socket.await("init").path("channel_id").asString()).isEqualTo(anna.getSid());
  }

  @Test
  void endsWithItsToken() {
    socket = Socket.open(acme.base(), tokens.access(anna.getSid(), "worker", 100));
    socket.await("init");

    clock.advance(Duration.ofSeconds(102));

    assertThat(socket.awaitEnd()).isEqualTo(1008);
  }

  @Test
  void endsWithItsKey() {
    open(anna);
    socket.await("init");

    acme.delete("/2010-04-01/Accounts/%s/Keys/%s.json".formatted(acme.user(), tokens.keySid()));

    assertThat(socket.awaitEnd()).isEqualTo(1008);
  }

  @Test
  void endsWithItsWorker() {
    open(anna);
    socket.await("init");

    ours.wire().delete(ours.path("Workers", anna.getSid()));

    assertThat(socket.awaitEnd()).isEqualTo(1008);
  }

  @Test
  void aSocketThatWantsToBeTheOnlyOneEndsTheOthersOnEveryNode() {
    try (var node = AnotherNode.beside(environment, 0);
        var elsewhere = Socket.open(node.base(), tokens.worker(anna.getSid()));
        var bens = Socket.open(acme.base(), tokens.worker(ben.getSid()))) {
      elsewhere.await("init");
      bens.await("init");
      ours.move(ben, "Available");
      bens.await("worker.activity.update");

      socket = Socket.open(acme.base(), tokens.worker(anna.getSid()), "closeExistingSessions");

      assertThat(elsewhere.awaitEnd()).isEqualTo(1000);
      socket.await("init");
      assertThat(socket.isOpen()).isTrue();
      assertThat(bens.isOpen()).isTrue();
    }
  }

  @Test
  void whatHappensOnOneNodeReachesTheSocketsOfAnother() {
    try (var node = AnotherNode.beside(environment, 0)) {
      socket = Socket.open(node.base(), tokens.worker(anna.getSid()));
      socket.await("init");

      var task = offeredTo(anna);

      assertThat(socket.await("reservation.created").path("task_sid").asString())
          .isEqualTo(task.getSid());
    }
  }

  @Test
  void aWorkerWhoseLastSocketEndedGoesOfflineAfterAMinuteIfItWantedSo() {
    ours.move(anna, "Available");
    ours.move(ben, "Available");
    socket =
        Socket.open(acme.base(), tokens.worker(anna.getSid()), "setWorkerOfflineIfDisconnected");
    var bens = Socket.open(acme.base(), tokens.worker(ben.getSid()));
    socket.await("init");
    bens.await("init");
    socket.close();
    bens.close();
    awaitEnded(2);

    clock.advance(Duration.ofSeconds(59));
    heartbeat.missWorkers();
    assertThat(activity(anna)).isEqualTo("Available");

    clock.advance(Duration.ofSeconds(2));
    heartbeat.missWorkers();

    assertThat(activity(anna)).isEqualTo("Offline");
    assertThat(activity(ben)).isEqualTo("Available");
  }

  @Test
  void aWorkerWhoCameBackStaysAtWork() {
    ours.move(anna, "Available");
    var before =
        Socket.open(acme.base(), tokens.worker(anna.getSid()), "setWorkerOfflineIfDisconnected");
    before.await("init");
    before.close();
    awaitEnded(1);
    open(anna);
    socket.await("init");

    clock.advance(Duration.ofSeconds(120));
    heartbeat.missWorkers();

    assertThat(activity(anna)).isEqualTo("Available");
  }

  @Test
  void aWorkerWhoKeepsComingBackLeavesNothingBehindButWhatItWanted() {
    ours.move(anna, "Available");
    var before =
        Socket.open(acme.base(), tokens.worker(anna.getSid()), "setWorkerOfflineIfDisconnected");
    before.await("init");
    before.close();
    awaitEnded(1);
    open(anna);
    socket.await("init");

    assertThat(sessions("true")).isEqualTo(1);

    socket.close();
    awaitEnded(1);
    clock.advance(Duration.ofSeconds(61));
    heartbeat.missWorkers();

    assertThat(activity(anna)).isEqualTo("Offline");
    assertThat(sessions("true")).isZero();
  }

  private void open(Worker worker) {
    socket = Socket.open(acme.base(), tokens.worker(worker.getSid()));
  }

  private List<Integer> versions(String... types) {
    return List.of(types).stream()
        .map(type -> socket.payload(type).path("version").asInt())
        .toList();
  }

  private String activity(Worker worker) {
    return ours.present(worker).getActivityName();
  }

  private void awaitEnded(int sockets) {
    await("the end of the sockets")
        .atMost(Duration.ofSeconds(10))
        .until(() -> sessions("ended") == sockets);
  }

  private int sessions(String condition) {
    return jdbc.sql("SELECT count(*) FROM worker_session WHERE workspace_sid = ? AND " + condition)
        .param(ours.workspace())
        .query(Integer.class)
        .single();
  }
}
