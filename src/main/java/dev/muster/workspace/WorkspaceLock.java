package dev.muster.workspace;

import dev.muster.web.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes changes to what a workspace is made of wait for each other, so that limits and references
 * hold. Tasks and workers do not wait for it.
 */
@Component
class WorkspaceLock {

  private static final String LOCK =
      """
      SELECT sid FROM workspace WHERE account_sid = :account AND sid = :workspace FOR NO KEY UPDATE
      """;

  private final JdbcClient jdbc;

  WorkspaceLock(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Holds the workspace until the end of the transaction. Statements after it see what the former
   * holder wrote.
   *
   * @throws Refused as not found if it is gone
   */
  void hold(Tenant tenant) {
    var held =
        jdbc.sql(LOCK)
            .param("account", tenant.account().value())
            .param("workspace", tenant.workspace().value())
            .query(String.class)
            .list();
    if (held.isEmpty()) {
      throw Refused.notFound();
    }
  }
}
