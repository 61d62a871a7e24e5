package dev.muster.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** What the figures were measured on. */
record Machine(String database) {

  static Machine of(Connection connection) {
    try {
      var data = connection.getMetaData();
      return new Machine(data.getDatabaseProductName() + " " + data.getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
