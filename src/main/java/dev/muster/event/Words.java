package dev.muster.event;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Short words from one node to all of them, itself included, who hear them as {@link WordHeard}. A
 * word is lost to a node that has no connection to the database at that moment.
 */
@Repository
public class Words {

  static final String CHANNEL = "muster";

  /** A word lives in memory alone, so its commit need not wait for the disk. */
  private static final String SAY =
      "SELECT set_config('synchronous_commit', 'off', true), pg_notify(:channel, :word)";

  private final JdbcClient jdbc;

  Words(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Says something to all nodes, at once or with the commit of the present transaction. NOTIFY lets
   * commits wait for each other: keep it out of transactions that are many.
   *
   * @param topic without a space
   * @param text with the topic at most 7,999 bytes
   */
  public void say(String topic, String text) {
    jdbc.sql(SAY)
        .param("channel", CHANNEL)
        .param("word", topic + " " + text)
        .query((row, number) -> true)
        .single();
  }
}
