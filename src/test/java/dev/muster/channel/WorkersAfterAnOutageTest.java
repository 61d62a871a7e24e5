package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Workers whose sockets another node holds, when the database comes back. */
@TestPropertySource(
    properties = {
      "spring.datasource.hikari.maximum-pool-size=" + WorkersAfterAnOutageTest.CONNECTIONS,
      "spring.datasource.hikari.connection-timeout=500",
    })
class WorkersAfterAnOutageTest extends ChannelTest {

  static final int CONNECTIONS = 5;

  private static final UUID OTHER_NODE = UUID.randomUUID();

  @Autowired DataSource database;
  @Autowired Heartbeat heartbeat;

  @Test
  void areNotTakenOfflineBeforeTheirNodeCouldSayThatTheyAreThere() throws SQLException {
    ours.move(anna, "Available");
    haveSocketAtTheOtherNode(anna);

    withoutDatabase(heartbeat::missWorkers);
    clock.advance(Duration.ofSeconds(70));
    heartbeat.missWorkers();
    assertThat(activity(anna)).isEqualTo("Available");
    clock.advance(Duration.ofSeconds(4));
    theOtherNodeSeesItsSockets();
    clock.advance(Duration.ofSeconds(59));
    heartbeat.missWorkers();
    assertThat(activity(anna)).isEqualTo("Available");

    clock.advance(Duration.ofSeconds(2));
    heartbeat.missWorkers();
    assertThat(activity(anna)).isEqualTo("Offline");
  }

  private void haveSocketAtTheOtherNode(Worker worker) {
    jdbc.sql(
            """
            INSERT INTO worker_session (workspace_sid, worker_sid, sid, node, offline_when_gone, seen_at)
            VALUES (:workspace, :worker, :sid, :node, true, :now)
            """)
        .param("workspace", ours.workspace())
        .param("worker", worker.getSid())
        .param("sid", UUID.randomUUID())
        .param("node", OTHER_NODE)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private void theOtherNodeSeesItsSockets() {
    jdbc.sql("UPDATE worker_session SET seen_at = :now WHERE node = :node")
        .param("node", OTHER_NODE)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** As when it is away: nobody is given a connection. */
  private void withoutDatabase(Runnable meanwhile) throws SQLException {
    var taken = new ArrayList<Connection>();
    try {
      while (taken.size() < CONNECTIONS) {
        taken.add(database.getConnection());
      }
      meanwhile.run();
    } finally {
      for (var connection : taken) {
        connection.close();
      }
    }
  }

  private String activity(Worker worker) {
    return ours.present(worker).getActivityName();
  }
}
