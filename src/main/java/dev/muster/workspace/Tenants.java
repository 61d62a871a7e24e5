package dev.muster.workspace;

import dev.muster.account.AccountSid;
import dev.muster.web.Refused;
import dev.muster.web.ShortMemory;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.event.TransactionalEventListener;

/** Which account each workspace belongs to. */
@Repository
public class Tenants {

  private final ShortMemory<WorkspaceSid, AccountSid> owners =
      new ShortMemory<>(Duration.ofSeconds(5), 50_000);
  private final JdbcClient jdbc;

  Tenants(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The account's workspace.
   *
   * @throws Refused as not found if there is no such workspace, or it is another account's
   */
  public Tenant get(AccountSid account, WorkspaceSid workspace) {
    return owner(workspace)
        .filter(account::equals)
        .map(owner -> new Tenant(owner, workspace))
        .orElseThrow(Refused::notFound);
  }

  /** The account that a workspace belongs to. */
  public Optional<AccountSid> owner(WorkspaceSid workspace) {
    return owners.get(workspace, this::read);
  }

  private Optional<AccountSid> read(WorkspaceSid workspace) {
    return jdbc.sql("SELECT account_sid FROM workspace WHERE sid = :workspace")
        .param("workspace", workspace.value())
        .query(String.class)
        .optional()
        .map(AccountSid::of);
  }

  @TransactionalEventListener
  void forget(WorkspaceDeleted deletion) {
    owners.forget(deletion.workspace());
  }
}
