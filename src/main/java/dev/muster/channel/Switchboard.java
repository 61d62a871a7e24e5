package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.event.EventCursor;
import dev.muster.event.EventFeed;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;

/**
 * The sockets that are open on this node, and the line on which each workspace's events come in.
 */
@Component
class Switchboard implements SmartLifecycle {

  private final Map<WorkspaceSid, Line> lines = new HashMap<>();
  private final EventFeed feed;
  private final Frames frames;
  private final ChannelSettings settings;
  private volatile boolean running = true;

  Switchboard(EventFeed feed, Frames frames, ChannelSettings settings) {
    this.feed = feed;
    this.frames = frames;
    this.settings = settings;
  }

  /**
   * Refuses an account whose workers have as many sockets as they may.
   *
   * @throws Refused with 429
   */
  void checkRoom(AccountSid account) {
    if (count(account) >= settings.socketsPerAccount()) {
      throw new Refused(
          Refusal.TOO_MANY_REQUESTS,
          "Expected at most %d sockets of account %s at once, but this would be one more: close one"
              .formatted(settings.socketsPerAccount(), account));
    }
  }

  private synchronized int count(AccountSid account) {
    return lines.values().stream()
        .filter(line -> line.isOf(account))
        .mapToInt(line -> line.sockets().size())
        .sum();
  }

  /** From now on the socket gets what happens. */
  void add(WorkerSocket socket) {
    // Not within a lock: it would hold a carrier thread during the query.
    if (!join(socket)) {
      begin(socket, feed.open(socket.pass().tenant().workspace().value()));
    }
  }

  /** Whether there was a line for it, or no need of one any more. */
  private synchronized boolean join(WorkerSocket socket) {
    if (!running) {
      socket.close(CloseStatus.SERVICE_RESTARTED);
      return true;
    }
    var line = lines.get(socket.pass().tenant().workspace());
    if (line != null) {
      line.add(socket);
    }
    return line != null;
  }

  /** Begins a line where the cursor stands, unless someone else was faster. */
  private synchronized void begin(WorkerSocket socket, EventCursor cursor) {
    if (join(socket)) {
      cursor.close();
      return;
    }
    var tenant = socket.pass().tenant();
    var line = new Line(tenant, cursor, frames, settings.socketsPerWorker());
    line.add(socket);
    line.open();
    lines.put(tenant.workspace(), line);
  }

  synchronized void remove(WorkerSocket socket) {
    var workspace = socket.pass().tenant().workspace();
    var line = lines.get(workspace);
    if (line != null && line.remove(socket)) {
      lines.remove(workspace);
      line.close();
    }
  }

  synchronized List<WorkerSocket> sockets() {
    return lines.values().stream().flatMap(line -> line.sockets().stream()).toList();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Clients come again, and find another node. */
  @Override
  public void stop() {
    running = false;
    sockets().forEach(socket -> socket.close(CloseStatus.SERVICE_RESTARTED));
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
