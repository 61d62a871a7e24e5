package dev.muster.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Keeps libraries from logging what is expected here. */
final class Silence {

  private Silence() {}

  /** Does the action while that library logs nothing. */
  static <T> T of(String library, Supplier<T> action) {
    var log = (Logger) LoggerFactory.getLogger(library);
    var level = log.getLevel();
    log.setLevel(Level.OFF);
    try {
      return action.get();
    } finally {
      log.setLevel(level);
    }
  }
}
