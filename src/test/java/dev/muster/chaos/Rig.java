package dev.muster.chaos;

import dev.muster.local.Credentials;
import dev.muster.local.Database;
import dev.muster.local.LocalCamunda;
import dev.muster.local.LocalPostgres;
import dev.muster.local.MusterProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/**
 * PostgreSQL with the durability of production, the broker and Muster, each in processes of its
 * own, each to be killed and started again on the same data and ports.
 */
final class Rig implements AutoCloseable {

  private final LocalPostgres postgres = LocalPostgres.throwAwayButDurable();
  private final LocalCamunda camunda;
  private final Credentials credentials = Credentials.random();
  private final Database database;
  private final MusterProcess muster;

  /**
   * @param whereabouts to which the broker writes where processes are
   * @param log of Muster
   * @param jar of Muster, with a cache beside it; it starts from its classes if there is none
   */
  Rig(Path whereabouts, Path log, Optional<Path> jar) {
    camunda = LocalCamunda.throwAway(Whereabouts.writtenTo(whereabouts));
    try {
      postgres.start();
      camunda.start();
      database = postgres.database("muster");
      var settings = new HashMap<>(camunda.properties());
      settings.putAll(database.properties());
      settings.putAll(credentials.properties());
      settings.put("muster.web.requests-per-second", 1_000_000);
      muster =
          jar.map(packaged -> MusterProcess.start(settings, log, packaged))
              .orElseGet(() -> MusterProcess.start(settings, log));
    } catch (RuntimeException failure) {
      camunda.close();
      postgres.close();
      throw failure;
    }
  }

  /** As {@code kill -9} does; returns when the part's processes are gone. */
  void kill(Part part) {
    switch (part) {
      case MUSTER -> muster.kill();
      case POSTGRESQL -> postgres.kill();
      case BROKER -> camunda.kill();
    }
  }

  /** Returns when the part is ready. */
  void start(Part part) {
    switch (part) {
      case MUSTER -> muster.start();
      case POSTGRESQL -> postgres.start();
      case BROKER -> camunda.start();
    }
  }

  /** Ends Muster in order and starts it again; what it used is in its cache from then on. */
  void renewMuster() {
    muster.close();
    muster.start();
  }

  URI base() {
    return muster.base();
  }

  Credentials credentials() {
    return credentials;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    muster.close();
    camunda.close();
    postgres.close();
  }
}
