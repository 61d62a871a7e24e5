package dev.muster.local;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Objects;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL in a container. Written for machines with a Docker engine; never run on one without.
 */
final class ContainerPostgres implements PostgresServer {

  private final int port = Ports.free(1).get(0);
  private final PostgreSQLContainer container =
      new PostgreSQLContainer("postgres:18.6")
          .withUsername("postgres")
          .withPassword("postgres")
          .withCommand("postgres -c fsync=off -c max_connections=200");
  private final RestartableContainer restartable = new RestartableContainer(container);

  ContainerPostgres() {
    container.setPortBindings(List.of("127.0.0.1:%d:5432".formatted(port)));
  }

  @Override
  public void start() {
    restartable.start();
    await().ignoreExceptions().until(() -> database("muster"), Objects::nonNull);
  }

  @Override
  public void stop() {
    restartable.stop();
  }

  @Override
  public Database database(String name) {
    return Database.maintenance(port, container.getPassword()).sibling(name);
  }

  @Override
  public void close() {
    container.stop();
  }
}
