package dev.muster.channel;

import dev.muster.web.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.socket.CloseStatus;

/** Keeps sockets alive, and ends those whose token no longer holds. */
@Component
class Heartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final CloseStatus NO_PASS =
      CloseStatus.POLICY_VIOLATION.withReason("the token no longer holds");

  private final Switchboard switchboard;
  private final Tokens tokens;
  private final WorkerSessions sessions;
  private final ChannelSettings settings;
  private final Clock clock;
  private volatile @Nullable Instant lookedSince;

  Heartbeat(
      Switchboard switchboard,
      Tokens tokens,
      WorkerSessions sessions,
      ChannelSettings settings,
      Clock clock) {
    this.switchboard = switchboard;
    this.tokens = tokens;
    this.sessions = sessions;
    this.settings = settings;
    this.clock = clock;
  }

  /** Sends a frame of white space, which is all that clients ask of a sign of life. */
  @Scheduled(fixedRateString = "${muster.channel.beat-every:15s}")
  void beat() {
    switchboard.sockets().forEach(socket -> socket.send(" "));
  }

  @Scheduled(fixedRateString = "${muster.channel.beat-every:15s}")
  void check() {
    try {
      switchboard.sockets().stream()
          .filter(socket -> !holds(socket))
          .forEach(socket -> socket.close(NO_PASS));
    } catch (DataAccessException | TransactionException failure) {
      LOG.warn("Tokens of sockets cannot be checked; trying again soon", failure);
    }
  }

  /** Clients whose token expires wait for this before they use the next one. */
  @Scheduled(fixedDelay = 1000)
  void expire() {
    var now = clock.instant();
    switchboard.sockets().stream()
        .filter(socket -> socket.isExpired(now))
        .forEach(socket -> socket.close(NO_PASS));
  }

  /**
   * Takes workers offline who are gone. After the database was away nobody is, until every node has
   * had the time to say whose sockets it holds.
   */
  @Scheduled(fixedDelay = 5000)
  void missWorkers() {
    try {
      sessions.see();
      var now = clock.instant();
      var since = Objects.requireNonNullElse(lookedSince, now);
      lookedSince = since;
      var before = now.minus(settings.goneAfter());
      if (!since.isAfter(before)) {
        sessions.takeOffline(before);
      }
    } catch (DataAccessException | TransactionException failure) {
      LOG.warn("It is not known who is gone; looking again soon", failure);
      lookedSince = null;
    }
  }

  private boolean holds(WorkerSocket socket) {
    try {
      tokens.read(socket.wishes().token());
      return true;
    } catch (Refused noLonger) {
      return false;
    }
  }
}
