package dev.muster.proof;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes inside the database, in the very transaction, what must never happen between two looks:
 * somebody gets a task beyond the capacity that does not ignore it, or something that has ended
 * changes. A task that ends while it is handed on is ended first and then leaves its transfer.
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

      CREATE FUNCTION note_overrun() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        ignoring integer := (
          SELECT count(*) FROM reservation r
          JOIN task t ON t.workspace_sid = r.workspace_sid AND t.sid = r.task_sid
          WHERE r.workspace_sid = NEW.workspace_sid AND r.worker_sid = NEW.worker_sid
            AND r.task_channel_sid = NEW.task_channel_sid AND r.status = 'pending'
            AND r.xmin = pg_current_xact_id()::xid AND t.ignore_capacity);
      BEGIN
        IF NEW.reserved - ignoring > greatest(OLD.reserved, NEW.capacity) THEN
          INSERT INTO ledger VALUES ('more than there was room for', OLD::text, NEW::text);
        END IF;
        RETURN NEW;
      END $$;

      CREATE CONSTRAINT TRIGGER overrun AFTER UPDATE ON worker_channel
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.reserved > OLD.reserved AND NEW.reserved > NEW.capacity)
        EXECUTE FUNCTION note_overrun();

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

  /** Begins anew. */
  void clear() {
    jdbc.sql("DELETE FROM ledger").update();
  }

  List<String> notes() {
    return jdbc.sql("SELECT what || ': ' || was || ' -> ' || became FROM ledger LIMIT 5")
        .query(String.class)
        .list();
  }
}
