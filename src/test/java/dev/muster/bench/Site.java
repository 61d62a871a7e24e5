package dev.muster.bench;

import dev.muster.local.Caller;
import dev.muster.local.Credentials;
import dev.muster.local.Database;
import dev.muster.local.MusterProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A running Muster with a database of its own and one tenant in it. */
record Site(
    MusterProcess muster,
    Database database,
    Connection connection,
    Caller caller,
    Workplace workplace)
    implements AutoCloseable {

  /** Starts one; {@code engine} are the properties of the Camunda client. */
  static Site open(Database database, Map<String, Object> engine, Path log) {
    var credentials = Credentials.random();
    var settings = new HashMap<>(engine);
    settings.putAll(database.properties());
    settings.putAll(credentials.properties());
    settings.put("muster.web.requests-per-second", 1_000_000);
    settings.put("muster.callout.allowed-networks", "127.0.0.0/8");
    var muster = MusterProcess.start(settings, log);
    try {
      var connection =
          DriverManager.getConnection(database.url(), database.username(), database.password());
      var workplace = Workplace.open(muster.base(), credentials);
      analyze(connection);
      return new Site(
          muster, database, connection, new Caller(muster.base(), credentials), workplace);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What autovacuum does on its own within minutes; until then the plans are those of empty tables.
   */
  static void analyze(Connection connection) {
    try (var statement = connection.createStatement()) {
      statement.execute("ANALYZE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    caller.close();
    muster.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
