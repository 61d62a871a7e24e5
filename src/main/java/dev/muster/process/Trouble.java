package dev.muster.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** One line in the log when telling the engine begins to fail, one when it works again. */
final class Trouble {

  private static final Logger log = LoggerFactory.getLogger(Trouble.class);

  private final Clock clock;
  private final Supplier<Duration> lag;
  private volatile @Nullable Instant since;

  Trouble(Clock clock, Supplier<Duration> lag) {
    this.clock = clock;
    this.lag = lag;
  }

  boolean present() {
    return since != null;
  }

  void met(Object reason) {
    if (since == null) {
      since = clock.instant();
      log.warn("the engine cannot be told ({}), lag {}", reason, presentLag());
    }
  }

  void over() {
    var began = since;
    if (began != null) {
      since = null;
      log.info(
          "the engine can be told again after {}, lag {}",
          Duration.between(began, clock.instant()),
          presentLag());
    }
  }

  private String presentLag() {
    try {
      return lag.get().toString();
    } catch (DataAccessException databaseAway) {
      return "unknown";
    }
  }
}
