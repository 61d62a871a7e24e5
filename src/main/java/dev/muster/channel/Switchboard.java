package dev.muster.channel;

import dev.muster.event.EventFeed;
import dev.muster.workspace.Tenant;
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
  private volatile boolean running = true;

  Switchboard(EventFeed feed, Frames frames) {
    this.feed = feed;
    this.frames = frames;
  }

  /** From now on the socket gets what happens. */
  synchronized void add(WorkerSocket socket) {
    if (!running) {
      socket.close(CloseStatus.SERVICE_RESTARTED);
      return;
    }
    lines
        .computeIfAbsent(
            socket.pass().tenant().workspace(), workspace -> line(socket.pass().tenant()))
        .add(socket);
  }

  synchronized void remove(WorkerSocket socket) {
    var workspace = socket.pass().tenant().workspace();
    var line = lines.get(workspace);
    if (line != null && line.remove(socket)) {
      lines.remove(workspace);
      line.close();
    }
  }

  private Line line(Tenant tenant) {
    var line = new Line(tenant, feed.open(tenant.workspace().value()), frames);
    line.open();
    return line;
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
