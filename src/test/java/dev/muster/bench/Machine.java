package dev.muster.bench;

import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the figures were measured on. */
record Machine(String database) {

  static Machine with(JdbcClient database) {
    var version = database.sql("SHOW server_version").query(String.class).single();
    return new Machine("PostgreSQL " + version);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d cores, %s %s, Java %s, %s, Camunda 8.6.0",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version(),
        database);
  }
}
