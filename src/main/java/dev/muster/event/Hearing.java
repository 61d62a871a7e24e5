package dev.muster.event;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears the {@link Words} of all nodes on a connection of its own, outside the pool; a lost one is
 * made anew.
 */
@Component
class Hearing implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  private static final String APPLICATION_NAME = "SET application_name = 'muster hearing'";
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final int ANSWER_SECONDS = 5;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final JdbcConnectionDetails database;
  private final ApplicationEventPublisher publisher;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Connection present;

  Hearing(JdbcConnectionDetails database, ApplicationEventPublisher publisher) {
    this.database = database;
    this.publisher = publisher;
  }

  @Override
  public void start() {
    var hearing = Thread.ofPlatform().name("hearing").daemon().unstarted(this::hearUntilStopped);
    thread = hearing;
    hearing.start();
  }

  @Override
  public void stop() {
    thread = null;
    var connection = present;
    if (connection != null) {
      close(connection);
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void hearUntilStopped() {
    while (thread == Thread.currentThread()) {
      try (var connection = connect()) {
        present = connection;
        hear(connection);
      } catch (SQLException lost) {
        if (isRunning()) {
          LOG.warn("The words of other nodes are not heard; trying again: {}", lost.getMessage());
          pause();
        }
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.getJdbcUrl(), database.getUsername(), database.getPassword());
  }

  private void hear(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(APPLICATION_NAME);
      statement.execute("LISTEN " + Words.CHANNEL);
    }
    publish(new WordsMissed());
    var incoming = connection.unwrap(PGConnection.class);
    while (isRunning()) {
      var words = incoming.getNotifications((int) SILENCE.toMillis());
      for (var word : words == null ? new PGNotification[0] : words) {
        announce(word.getParameter());
      }
      if ((words == null || words.length == 0) && !connection.isValid(ANSWER_SECONDS)) {
        throw new SQLException("Expected the database to answer, but it is silent");
      }
    }
  }

  private void announce(String word) {
    var space = word.indexOf(' ');
    if (space > 0) {
      publish(new WordHeard(word.substring(0, space), word.substring(space + 1)));
    }
  }

  /** What one hearer makes of a word must not keep others from hearing the next. */
  private void publish(Object word) {
    try {
      publisher.publishEvent(word);
    } catch (RuntimeException failure) {
      LOG.error("A word was not understood: {}", word, failure);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException failure) {
      LOG.debug("The connection that is no longer needed could not be closed", failure);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
