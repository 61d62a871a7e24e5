package dev.muster.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** How to reach one PostgreSQL database by JDBC. */
public record Database(String url, String username, String password) {

  private static final String OWNER = "muster";

  /** The maintenance database of the server on that port, for its superuser. */
  static Database maintenance(int port, String password) {
    return new Database(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postgres", password);
  }

  /**
   * The database of that name on the same server, made if there is none; its owner is no superuser.
   */
  Database sibling(String name) {
    try (var connection = DriverManager.getConnection(url, username, password)) {
      if (isMissing(connection, "pg_roles WHERE rolname", OWNER)) {
        execute(connection, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(OWNER, OWNER));
      }
      if (isMissing(connection, "pg_database WHERE datname", name)) {
        execute(connection, "CREATE DATABASE %s OWNER %s".formatted(name, OWNER));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Expected to make database %s on %s".formatted(name, url), e);
    }
    return new Database(url.replaceFirst("[^/]*$", name), OWNER, OWNER);
  }

  private static boolean isMissing(Connection connection, String catalog, String name)
      throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT 1 FROM %s = '%s'".formatted(catalog, name))) {
      return !found.next();
    }
  }

  private static void execute(Connection connection, String definition) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(definition);
    }
  }

  /** As Spring properties. */
  public Map<String, Object> properties() {
    return Map.of(
        "spring.datasource.url", url,
        "spring.datasource.username", username,
        "spring.datasource.password", password);
  }
}
