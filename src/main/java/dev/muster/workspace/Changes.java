package dev.muster.workspace;

import dev.muster.event.Event;
import dev.muster.event.Events;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What goes with a change of this module: its instant, its event, and word to the other modules.
 */
@Component
class Changes {

  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private final Events log;
  private final ApplicationEventPublisher publisher;
  private final Clock clock;

  Changes(Events log, ApplicationEventPublisher publisher, Clock clock) {
    this.log = log;
    this.publisher = publisher;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Writes the event of a change into the log. */
  void record(
      WorkspaceSid workspace, String type, Object sid, Instant at, Map<String, String> data) {
    log.record(Event.of(workspace.value(), type, sid.toString(), at, data));
    LOG.info("{} {} in workspace {}", type, sid, workspace);
  }

  /** Forgets all that was recorded in the workspace. */
  void forget(WorkspaceSid workspace) {
    log.deleteAll(workspace.value());
  }

  /** Tells the other modules, inside the transaction. */
  void publish(Object change) {
    publisher.publishEvent(change);
  }
}
