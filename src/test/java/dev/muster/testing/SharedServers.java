package dev.muster.testing;

import dev.muster.local.CamundaServer;
import dev.muster.local.Database;
import dev.muster.local.PostgresServer;
import dev.muster.local.Servers;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;

/**
 * The servers of all tests in this JVM, started when first asked for and stopped after the last
 * application context has closed.
 *
 * <p>The one place with static state: nothing less lives as long as the JVM.
 */
final class SharedServers {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private SharedServers() {}

  /**
   * A new empty database; one for each application context, so that contexts do not see each
   * other's work.
   */
  static Database database() {
    return Postgres.SERVER.database("muster_" + DATABASES.incrementAndGet());
  }

  static CamundaServer camunda() {
    return Camunda.SERVER;
  }

  private static final class Postgres {
    private static final PostgresServer SERVER = Servers.postgres();

    static {
      SERVER.start();
      SpringApplication.getShutdownHandlers().add(SERVER::close);
    }
  }

  private static final class Camunda {
    private static final CamundaServer SERVER = Servers.camunda();

    static {
      SERVER.start();
      SpringApplication.getShutdownHandlers().add(SERVER::close);
    }
  }
}
