package dev.muster.event;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What happens in a workspace, told on every node soon after each commit. A cursor misses nothing
 * and keeps the order in which one thing led to another; only workspaces with a cursor cost a look.
 */
@Component
public class EventFeed implements SmartLifecycle {

  private final Map<String, Set<EventCursor>> cursors = new ConcurrentHashMap<>();
  private final EventReader log;
  private final Semaphore reads;
  private volatile boolean running = true;

  EventFeed(EventReader log, EventSettings settings) {
    this.log = log;
    this.reads = new Semaphore(settings.readsAtOnce(), true);
  }

  /** Reads on from now; close it when it is no longer needed. */
  public EventCursor open(String workspaceSid) {
    return open(workspaceSid, log.now());
  }

  /** Reads on from a position, even one of another node; close it when it is no longer needed. */
  public EventCursor open(String workspaceSid, Position from) {
    var cursor = new EventCursor(this, workspaceSid, from);
    cursors.compute(
        workspaceSid,
        (sid, present) -> {
          var all = present == null ? ConcurrentHashMap.<EventCursor>newKeySet() : present;
          all.add(cursor);
          return all;
        });
    if (!running) {
      cursor.close();
    }
    return cursor;
  }

  List<RecordedEvent> read(EventCursor cursor) throws InterruptedException {
    reads.acquire();
    try {
      return cursor.read(log);
    } finally {
      reads.release();
    }
  }

  void forget(EventCursor cursor) {
    cursors.computeIfPresent(
        cursor.workspaceSid(),
        (sid, all) -> {
          all.remove(cursor);
          return all.isEmpty() ? null : all;
        });
  }

  @EventListener
  void on(WordHeard word) {
    if (word.topic().equals(EventNews.TOPIC)) {
      for (var workspace : word.text().split(",")) {
        cursors.getOrDefault(workspace, Set.of()).forEach(EventCursor::wake);
      }
    }
  }

  @EventListener(WordsMissed.class)
  @Scheduled(fixedDelayString = "${muster.event.look-every:5s}")
  void look() {
    cursors.values().forEach(all -> all.forEach(EventCursor::wake));
  }

  @Override
  public void start() {
    running = true;
  }

  /** Readers end before the server, which waits for the answers that are still being written. */
  @Override
  public void stop() {
    running = false;
    cursors.values().forEach(all -> List.copyOf(all).forEach(EventCursor::close));
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
