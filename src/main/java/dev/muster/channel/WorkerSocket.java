package dev.muster.channel;

import dev.muster.worker.WorkerSid;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * An open socket of a worker. Frames go out in the order in which they came in, by a thread of the
 * socket's own, so that a slow client keeps no one waiting but itself.
 */
final class WorkerSocket {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSocket.class);

  /** How the client wants to be served. */
  record Wishes(String token, boolean closeOthers, boolean offlineWhenGone) {}

  private final UUID sid = UUID.randomUUID();
  private final WebSocketSession session;
  private final Pass pass;
  private final Wishes wishes;
  private final BlockingQueue<String> frames;
  private volatile boolean closed;

  /**
   * @param first the first frame
   * @param framesBehind how many frames may wait
   */
  WorkerSocket(WebSocketSession session, Pass pass, Wishes wishes, String first, int framesBehind) {
    this.session = session;
    this.pass = pass;
    this.wishes = wishes;
    this.frames = new LinkedBlockingQueue<>(framesBehind);
    frames.add(first);
  }

  UUID sid() {
    return sid;
  }

  Pass pass() {
    return pass;
  }

  WorkerSid worker() {
    return Objects.requireNonNull(pass.worker());
  }

  Wishes wishes() {
    return wishes;
  }

  boolean isExpired(Instant now) {
    return !pass.expiresAt().isAfter(now);
  }

  /** Begins to send. */
  void open() {
    Thread.ofVirtual().name("socket-" + sid).start(this::sendAll);
  }

  /** Sends after what waits already; a client too far behind is closed, and comes again. */
  void send(String frame) {
    if (!frames.offer(frame)) {
      close(CloseStatus.SESSION_NOT_RELIABLE.withReason("too far behind"));
    }
  }

  /** Closes the socket without waiting for what it still sends. */
  void close(CloseStatus status) {
    if (!closed) {
      closed = true;
      LOG.info("Socket {} of worker {} is closed: {}", sid, worker(), status.getReason());
      Thread.ofVirtual().start(() -> closeNow(status));
    }
  }

  private void closeNow(CloseStatus status) {
    try {
      session.close(status);
    } catch (IOException gone) {
      LOG.debug("Socket {} was gone before it was closed", sid, gone);
    }
  }

  private void sendAll() {
    try {
      for (var frame = frames.take(); !closed; frame = frames.take()) {
        session.sendMessage(new TextMessage(frame));
      }
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("Socket {} ended while it was sent a frame", sid, gone);
      close(CloseStatus.SESSION_NOT_RELIABLE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The client is gone; lets the sending thread end. */
  void ended() {
    closed = true;
    frames.clear();
    frames.add("");
  }
}
