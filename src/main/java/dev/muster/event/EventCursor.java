package dev.muster.event;

import java.time.Duration;
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
  private long after;
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
    var midway = after > 0;
    if (!midway && !news.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return List.of();
    }
    try {
      return closed ? List.of() : read(midway);
    } catch (DataAccessException failure) {
      wake();
      throw failure;
    }
  }

  private List<RecordedEvent> read(boolean midway) throws InterruptedException {
    var page = feed.read(this, midway);
    if (page.size() == EventReader.PAGE) {
      after = page.getLast().number();
    } else {
      after = 0;
      from = to;
    }
    return page;
  }

  List<RecordedEvent> read(EventReader log, boolean midway) {
    if (!midway) {
      to = log.now();
    }
    return log.between(workspaceSid, from, to, after);
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
