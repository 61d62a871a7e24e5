package dev.muster.bench;

import dev.muster.local.Caller;
import dev.muster.local.Credentials;
import dev.muster.local.Database;
import dev.muster.local.MusterProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A running Muster with a database of its own and one tenant in it. */
record Site(
    MusterProcess muster, Database database, JdbcClient rows, Caller caller, Workplace workplace)
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
    var workplace = Workplace.open(muster.base(), credentials);
    var rows = database.rows();
    // Autovacuum does so within minutes; until then the plans are those of empty tables.
    rows.sql("ANALYZE").update();
    return new Site(muster, database, rows, new Caller(muster.base(), credentials), workplace);
  }

  @Override
  public void close() {
    caller.close();
    muster.close();
  }
}
