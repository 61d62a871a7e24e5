package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.local.Credentials;
import dev.muster.local.Database;
import dev.muster.testing.SettableClock;
import dev.muster.testing.SharedServers;
import dev.muster.web.Wire;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes over one database, with two tenants who may call either. */
final class TwoNodes implements AutoCloseable {

  private static final int CONNECTIONS = 20;

  final SettableClock clock = new SettableClock();
  final Interludes interludes = new Interludes();
  final Database database = SharedServers.database();
  final List<Node> nodes;
  final Snapshots snapshots;
  private final Wire acme;
  private final Wire globex;

  TwoNodes() throws SQLException {
    var credentials = Credentials.random();
    nodes =
        List.of(
            Node.start(database, credentials, clock, interludes, CONNECTIONS),
            Node.start(database, credentials, clock, interludes, CONNECTIONS));
    snapshots = new Snapshots(database);
    acme = nodes.getFirst().newTenant();
    globex = nodes.getFirst().newTenant();
  }

  /**
   * A new workspace of the first tenant, or of the second, whose workers have one task at a time.
   */
  Site open(boolean first) {
    return Site.open(client(first, 0), snapshots, first);
  }

  /** Speaks for one of the tenants to one of the nodes. */
  Client client(boolean first, int node) {
    var tenant = first ? acme : globex;
    return new OverTheWire(nodes.get(node).wire(tenant.user(), tenant.password()));
  }

  /** Past Muster, straight to the database. */
  JdbcClient jdbc() {
    return database.rows();
  }

  void awaitRest() {
    while (nodes.stream().anyMatch(node -> !node.rounds().atRest())) {
      nodes.forEach(node -> node.rounds().awaitRest());
    }
  }

  void assertNoRoundFailed() {
    assertThat(nodes).noneMatch(node -> node.rounds().anyFailed());
  }

  @Override
  public void close() throws SQLException {
    snapshots.close();
    nodes.forEach(Node::close);
  }
}
