package dev.muster.proof;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes inside the database, in the very transaction, what must never happen between two looks:
 * somebody gets a task beyond the capacity, or something that has ended changes. A task that ends
 * while it is handed on is ended first and then leaves its transfer.
 */
record Ledger(JdbcClient jdbc) {

  private static final String NOTE =
      """
      CREATE TABLE ledger (what text NOT NULL, was text NOT NULL, became text NOT NULL);

      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO ledger VALUES (TG_ARGV[0], OLD::text, NEW::text);
        RETURN NEW;
      END $$;

      CREATE TRIGGER overrun AFTER UPDATE ON worker_channel FOR EACH ROW
        WHEN (NEW.reserved > OLD.reserved AND NEW.reserved > NEW.capacity)
        EXECUTE FUNCTION note('more than there was room for');

      CREATE TRIGGER ended AFTER UPDATE ON task FOR EACH ROW
        WHEN (OLD.status IN ('completed', 'canceled') AND OLD.transfer IS NULL)
        EXECUTE FUNCTION note('a task that had ended');

      CREATE TRIGGER ended AFTER UPDATE ON reservation FOR EACH ROW
        WHEN (OLD.status IN ('rejected', 'timeout', 'canceled', 'rescinded', 'completed'))
        EXECUTE FUNCTION note('a reservation that had ended');
      """;

  /** Begins to take notes. */
  static Ledger open(JdbcClient jdbc) {
    jdbc.sql(NOTE).update();
    return new Ledger(jdbc);
  }

  List<String> notes() {
    return jdbc.sql("SELECT what || ': ' || was || ' -> ' || became FROM ledger LIMIT 5")
        .query(String.class)
        .list();
  }
}
