package dev.muster.worker;

import dev.muster.workspace.WorkspaceSid;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lock between those who change single workers and those who derive something from all of them:
 * who is a member of a queue, who has a channel. It is held to the end of the transaction and is
 * taken before any row of a worker.
 */
@Repository
public class Roster {

  private static final String SHARE =
      "SELECT pg_advisory_xact_lock_shared(hashtextextended('roster ' || :workspace, 0))";
  private static final String CLOSE =
      "SELECT pg_advisory_xact_lock(hashtextextended('roster ' || :workspace, 0))";

  private final JdbcClient jdbc;

  Roster(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** To change one worker, together with others who do. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void share(WorkspaceSid workspace) {
    lock(SHARE, workspace);
  }

  /** To read all workers, and what is read stays true until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void close(WorkspaceSid workspace) {
    lock(CLOSE, workspace);
  }

  private void lock(String sql, WorkspaceSid workspace) {
    jdbc.sql(sql).param("workspace", workspace.value()).query((row, number) -> true).single();
  }
}
