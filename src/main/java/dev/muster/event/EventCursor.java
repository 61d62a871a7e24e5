package dev.muster.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;

/**
 * One reader's way through the events of one workspace. For one thread; {@link #close} may be
 * called by any.
 */
public final class EventCursor implements AutoCloseable {

  private final Semaphore news = new Semaphore(1);
  private final EventFeed feed;
  private final String workspaceSid;
  private Position from;
  private Position to;
  private final Deque<EventReader.Page> ahead = new ArrayDeque<>();
  private volatile boolean closed;

  EventCursor(EventFeed feed, String workspaceSid, Position from) {
    this.feed = feed;
    this.workspaceSid = workspaceSid;
    this.from = from;
    this.to = from;
  }

  /**
   * Waits for what happens next.
   *
   * @return the next events in their order, at most 1,000; none if the patience was over before, or
   *     the cursor was closed
   * @throws DataAccessException if the log could not be read; the next call tries again
   */
  public List<RecordedEvent> next(Duration patience) throws InterruptedException {
    if (ahead.isEmpty() && !news.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return List.of();
    }
    try {
      return closed ? List.of() : feed.read(this);
    } catch (DataAccessException failure) {
      wake();
      throw failure;
    }
  }

  List<RecordedEvent> read(EventReader log) {
    var told = ahead.isEmpty() ? first(log) : following(log, ahead.getFirst());
    if (ahead.isEmpty()) {
      from = to;
    }
    return told;
  }

  private List<RecordedEvent> first(EventReader log) {
    to = log.now();
    var told = log.first(workspaceSid, from, to);
    if (told.size() == EventReader.PAGE) {
      ahead.addAll(log.pages(workspaceSid, from, to, told.getLast().number()));
    }
    return told;
  }

  private List<RecordedEvent> following(EventReader log, EventReader.Page page) {
    var told = log.read(workspaceSid, from, to, page);
    ahead.removeFirst();
    return told;
  }

  /**
   * Where another cursor goes on after the events that this one has told; it may tell the last
   * thousands again.
   */
  public Position position() {
    return from;
  }

  String workspaceSid() {
    return workspaceSid;
  }

  public boolean isClosed() {
    return closed;
  }

  /** There may be something new. */
  void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  /** Lets the reader go, even while it waits. */
  @Override
  public void close() {
    closed = true;
    feed.forget(this);
    wake();
  }
}
