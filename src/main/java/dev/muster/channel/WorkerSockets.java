package dev.muster.channel;

import dev.muster.channel.WorkerSocket.Wishes;
import dev.muster.event.WordHeard;
import dev.muster.event.Words;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * Opens and ends the sockets of workers. What a client sends is passed over: none sends anything.
 */
@Component
class WorkerSockets extends AbstractWebSocketHandler {

  static final String PASS = "pass";
  static final String WISHES = "wishes";

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSockets.class);
  private static final String SOCKET = "socket";

  /** A worker has a new socket and wants no other: sids of worker and socket, parted by a space. */
  private static final String TOPIC = "only-socket";

  private final Switchboard switchboard;
  private final WorkerSessions sessions;
  private final Words words;
  private final Frames frames;
  private final ChannelSettings settings;

  WorkerSockets(
      Switchboard switchboard,
      WorkerSessions sessions,
      Words words,
      Frames frames,
      ChannelSettings settings) {
    this.switchboard = switchboard;
    this.sessions = sessions;
    this.words = words;
    this.frames = frames;
    this.settings = settings;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    var pass = (Pass) Objects.requireNonNull(session.getAttributes().get(PASS));
    var wishes = (Wishes) Objects.requireNonNull(session.getAttributes().get(WISHES));
    var socket =
        new WorkerSocket(session, pass, wishes, frames.init(pass), settings.framesBehind());
    session.getAttributes().put(SOCKET, socket);
    sessions.begin(socket);
    switchboard.add(socket);
    if (wishes.closeOthers()) {
      words.say(TOPIC, socket.worker() + " " + socket.sid());
    }
    socket.open();
    LOG.info("Socket {} of worker {} is open", socket.sid(), socket.worker());
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    if (session.getAttributes().get(SOCKET) instanceof WorkerSocket socket) {
      switchboard.remove(socket);
      socket.ended();
      sessions.end(socket);
      LOG.info("Socket {} of worker {} ended: {}", socket.sid(), socket.worker(), status);
    }
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable failure) {
    LOG.debug("The line of socket {} is broken", session.getId(), failure);
  }

  @EventListener
  void on(WordHeard word) {
    if (word.topic().equals(TOPIC)) {
      var sids = word.text().split(" ");
      switchboard.sockets().stream()
          .filter(socket -> socket.worker().value().equals(sids[0]))
          .filter(socket -> !socket.sid().toString().equals(sids[1]))
          .forEach(socket -> socket.close(CloseStatus.NORMAL.withReason("opened elsewhere")));
    }
  }
}
