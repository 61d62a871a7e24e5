package dev.muster.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database did, by its own account: rows, transactions and bytes of its log. */
record DatabaseWork(long inserts, long updates, long deletes, long commits, long walBytes) {

  /** Sessions tell the statistics at most once a second. */
  private static final long STATISTICS_DELAY = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final String COUNT =
      """
      SELECT sum(n_tup_ins) AS inserts, sum(n_tup_upd) AS updates, sum(n_tup_del) AS deletes,
        (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()) AS commits,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS wal_bytes
      FROM pg_stat_user_tables
      """;

  /** The counters as they are now; waits until sessions that rest have told theirs. */
  static DatabaseWork now(JdbcClient database) {
    LockSupport.parkNanos(STATISTICS_DELAY);
    return database.sql(COUNT).query(DatabaseWork.class).single();
  }

  DatabaseWork since(DatabaseWork before) {
    return new DatabaseWork(
        inserts - before.inserts,
        updates - before.updates,
        deletes - before.deletes,
        commits - before.commits,
        walBytes - before.walBytes);
  }

  /** For each of so many lifecycles. */
  String per(long lifecycles) {
    double n = Math.max(1, lifecycles);
    return String.format(
        Locale.ROOT,
        "%.1f inserts, %.1f updates, %.1f deletes, %.1f transactions, %.1f kB of log",
        inserts / n,
        updates / n,
        deletes / n,
        commits / n,
        walBytes / n / 1000);
  }
}
