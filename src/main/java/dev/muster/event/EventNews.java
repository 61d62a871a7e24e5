package dev.muster.event;

import jakarta.annotation.PreDestroy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells all nodes where something was recorded: after the commit, and many commits at once, since
 * NOTIFY would make them wait for each other.
 */
@Component
class EventNews {

  /** Where something was recorded: sids of workspaces, parted by commas. */
  static final String TOPIC = "events";

  private static final Logger LOG = LoggerFactory.getLogger(EventNews.class);
  private static final int SIDS_IN_A_WORD = 200;

  private final Set<String> workspaces = new HashSet<>();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("event-news").daemon().factory());
  private final Words words;
  private final EventSettings settings;
  private boolean telling;

  EventNews(Words words, EventSettings settings) {
    this.words = words;
    this.settings = settings;
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void on(EventsRecorded recorded) {
    if (wanted(recorded.workspaceSid())) {
      executor.execute(this::tellAll);
    }
  }

  /** Whether somebody has to begin telling. */
  private synchronized boolean wanted(String workspace) {
    workspaces.add(workspace);
    var begin = !telling && !executor.isShutdown();
    telling |= begin;
    return begin;
  }

  private synchronized List<String> next() {
    var some = workspaces.stream().limit(SIDS_IN_A_WORD).toList();
    some.forEach(workspaces::remove);
    telling = !some.isEmpty();
    return some;
  }

  private void tellAll() {
    for (var some = next(); !some.isEmpty(); some = next()) {
      tell(some);
      LockSupport.parkNanos(settings.tellEvery().toNanos());
    }
  }

  private void tell(List<String> some) {
    try {
      words.say(TOPIC, String.join(",", some));
    } catch (DataAccessException failure) {
      LOG.warn("Nodes were not told of news and find it when they look", failure);
    }
  }

  @PreDestroy
  void stop() {
    executor.shutdown();
  }
}
