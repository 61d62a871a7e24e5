package dev.muster.queue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.rules.Expression;
import dev.muster.rules.ExpressionError;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import org.springframework.stereotype.Component;

/** The expressions of queues, read once each. */
@Component
class TargetWorkers {

  private static final Expression NOBODY = new Expression.Constant(false);
  private static final long MAX_CHARACTERS = 8_000_000;

  private record Key(TaskQueueSid queue, String text) {}

  private final Cache<Key, Expression> expressions =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((Key key, Expression expression) -> 100 + key.text().length())
          .build();

  /** The expression of a queue. An empty text matches nobody. */
  Expression of(TaskQueueSid queue, String text) {
    return expressions.get(new Key(queue, text), key -> read(key.text()));
  }

  /**
   * Checks an expression before it is stored.
   *
   * @throws Refused if it cannot be read
   */
  static void check(String text) {
    try {
      read(text);
    } catch (ExpressionError error) {
      throw new Refused(
          Refusal.INVALID,
          "Expected TargetWorkers to be an expression, but it is none: " + error.getMessage());
    }
  }

  private static Expression read(String text) {
    return text.isBlank() ? NOBODY : Expression.parse(text);
  }
}
