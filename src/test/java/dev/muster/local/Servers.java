package dev.muster.local;

import org.testcontainers.DockerClientFactory;

/**
 * Where tests take their servers from: containers if a Docker engine answers, otherwise processes
 * of the local stack. The system property {@code muster.stack} ({@code docker} or {@code
 * processes}) decides without asking.
 */
public final class Servers {

  private static final boolean DOCKER =
      switch (System.getProperty("muster.stack", "")) {
        case "docker" -> true;
        case "processes" -> false;
        default ->
            Silence.of("org.testcontainers", DockerClientFactory.instance()::isDockerAvailable);
      };

  private Servers() {}

  /** A new PostgreSQL, not started, whose data go when it is closed. */
  public static PostgresServer postgres() {
    return DOCKER ? new ContainerPostgres() : LocalPostgres.throwAway();
  }

  /** A new Camunda that prints its records, not started, whose data go when it is closed. */
  public static CamundaServer camunda() {
    return DOCKER ? new ContainerCamunda() : LocalCamunda.throwAway(BrokerRecords.PRINTED);
  }
}
