package dev.muster.workspace;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lock between those who bring tasks into a workspace and those who delete what tasks need:
 * queues, workflows, channels, or the workspace itself. Held to the end of the transaction, it
 * takes the place of foreign keys, which would make every new task write to the same few rows. What
 * was there before it was taken must be looked up again after it.
 */
public final class TaskDoor {

  /**
   * The expression that takes the lock together with others who bring tasks, as part of a query.
   */
  public static final String SHARE =
      "pg_advisory_xact_lock_shared(hashtextextended('tasks ' || :workspace, 0))";

  private static final String CLOSE =
      "SELECT pg_advisory_xact_lock(hashtextextended('tasks ' || :workspace, 0))";

  private TaskDoor() {}

  /** Keeps what tasks need from being deleted, from the next statement on. */
  public static void share(JdbcClient jdbc, WorkspaceSid workspace) {
    take("SELECT " + SHARE, jdbc, workspace);
  }

  /** Lets no task come in that is not counted by the next statement. */
  public static void close(JdbcClient jdbc, WorkspaceSid workspace) {
    take(CLOSE, jdbc, workspace);
  }

  private static void take(String lock, JdbcClient jdbc, WorkspaceSid workspace) {
    jdbc.sql(lock).param("workspace", workspace.value()).query((row, number) -> true).single();
  }
}
