package dev.muster.local;

/** A PostgreSQL server that can be stopped and started again on the same data. */
public interface PostgresServer extends AutoCloseable {

  /** Returns once the server answers queries. */
  void start();

  /** Ends the server in order; the data stay. Does nothing if it is not running. */
  void stop();

  /** The database of that name, created empty if there is none; its owner is no superuser. */
  Database database(String name);

  /** Stops the server and, if it was a throw-away one, removes its data. */
  @Override
  void close();
}
