package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Worker;
import dev.muster.channel.WorkerSocket.Wishes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

/** Sockets while nobody is given a connection to the database, as when it is away. */
@TestPropertySource(
    properties = {
      "spring.datasource.hikari.maximum-pool-size=" + SocketsWithoutDatabaseTest.CONNECTIONS,
      "muster.channel.beat-every=1s",
    })
class SocketsWithoutDatabaseTest extends ChannelTest {

  static final int CONNECTIONS = 5;

  @Autowired DataSource database;
  @Autowired Switchboard switchboard;
  @Autowired Tokens passes;

  private final List<Connection> taken = new ArrayList<>();

  @AfterEach
  void giveThemBack() throws SQLException {
    for (var connection : taken) {
      connection.close();
    }
    taken.clear();
  }

  @Test
  void socketsThatWaitForTheDatabaseKeepNoOthersWaiting() throws Exception {
    var annas = unopened(anna);
    var bens = unopened(ben);
    takeThemAll();
    var waiting = List.of(adding(annas), adding(bens));
    await("both to wait")
        .until(
            () -> waiting.stream().allMatch(each -> each.getState() == Thread.State.TIMED_WAITING));

    assertThat(CompletableFuture.supplyAsync(switchboard::sockets))
        .succeedsWithin(Duration.ofSeconds(10))
        .satisfies(sockets -> assertThat(sockets).doesNotContain(annas, bens));

    giveThemBack();
    for (var each : waiting) {
      each.join();
    }
    assertThat(switchboard.sockets()).contains(annas, bens);
    switchboard.remove(annas);
    switchboard.remove(bens);
    assertThat(switchboard.sockets()).doesNotContain(annas, bens);
  }

  @Test
  void everySocketGetsItsSignsOfLife() throws SQLException {
    try (var annas = Socket.open(acme.base(), tokens.worker(anna.getSid()));
        var bens = Socket.open(acme.base(), tokens.worker(ben.getSid()))) {
      annas.await("init");
      bens.await("init");
      takeThemAll();

      var annasBefore = annas.beats();
      var bensBefore = bens.beats();

      await("two more of each")
          .atMost(Duration.ofSeconds(20))
          .until(() -> annas.beats() > annasBefore + 1 && bens.beats() > bensBefore + 1);
      assertThat(annas.isOpen()).isTrue();
      assertThat(bens.isOpen()).isTrue();
    }
  }

  private WorkerSocket unopened(Worker worker) {
    var token = tokens.worker(worker.getSid());
    return new WorkerSocket(
        new StandardWebSocketSession(null, null, null, null),
        passes.read(token),
        new Wishes(token, false, false),
        "init",
        1000);
  }

  private Thread adding(WorkerSocket socket) {
    return Thread.ofPlatform().start(() -> switchboard.add(socket));
  }

  private void takeThemAll() throws SQLException {
    while (taken.size() < CONNECTIONS) {
      taken.add(database.getConnection());
    }
  }
}
