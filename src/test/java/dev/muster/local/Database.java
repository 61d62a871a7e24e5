package dev.muster.local;

import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
    var rows = rows();
    if (isMissing(rows, "pg_roles WHERE rolname", OWNER)) {
      rows.sql("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(OWNER, OWNER)).update();
    }
    if (isMissing(rows, "pg_database WHERE datname", name)) {
      rows.sql("CREATE DATABASE %s OWNER %s".formatted(name, OWNER)).update();
    }
    return new Database(url.replaceFirst("[^/]*$", name), OWNER, OWNER);
  }

  private static boolean isMissing(JdbcClient rows, String catalog, String name) {
    return rows.sql("SELECT 1 FROM %s = ?".formatted(catalog))
        .param(name)
        .query(Integer.class)
        .optional()
        .isEmpty();
  }

  /** Opens a connection for every use, so the server may go and come meanwhile. */
  public DataSource source() {
    return new DriverManagerDataSource(url, username, password);
  }

  /** The same to ask it by. */
  public JdbcClient rows() {
    return JdbcClient.create(source());
  }

  /** What {@code work} returns, which is done in one transaction. */
  public <T> T inTransaction(Function<JdbcClient, T> work) {
    var source = source();
    return new TransactionTemplate(new JdbcTransactionManager(source))
        .execute(status -> work.apply(JdbcClient.create(source)));
  }

  /** As Spring properties. */
  public Map<String, Object> properties() {
    return Map.of(
        "spring.datasource.url", url,
        "spring.datasource.username", username,
        "spring.datasource.password", password);
  }
}
