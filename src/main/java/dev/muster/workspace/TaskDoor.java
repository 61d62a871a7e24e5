package dev.muster.workspace;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lock between those who bring tasks into a workspace, or lead them from step to step, and
 * those who change what these rely on: who delete queues, workflows, channels, or the workspace
 * itself, or turn the order of a queue round. Held to the end of the transaction, it takes the
 * place of foreign keys, which would make every new task write to the same few rows. What was there
 * before it was taken must be looked up again after it. Both sides take it before they hold any
 * task.
 */
public final class TaskDoor {

  /** The expression that takes the lock together with others who move tasks, as part of a query. */
  public static final String SHARE =
      "pg_advisory_xact_lock_shared(hashtextextended('tasks ' || :workspace, 0))";

  private static final String CLOSE =
      "SELECT pg_advisory_xact_lock(hashtextextended('tasks ' || :workspace, 0))";

  private TaskDoor() {}

  /** Keeps what tasks need as it is, from the next statement on. */
  public static void share(JdbcClient jdbc, WorkspaceSid workspace) {
    take("SELECT " + SHARE, jdbc, workspace);
  }

  /** Lets no task come in, or to another queue, that the next statement does not see there. */
  public static void close(JdbcClient jdbc, WorkspaceSid workspace) {
    take(CLOSE, jdbc, workspace);
  }

  private static void take(String lock, JdbcClient jdbc, WorkspaceSid workspace) {
    jdbc.sql(lock).param("workspace", workspace.value()).query((row, number) -> true).single();
  }
}
