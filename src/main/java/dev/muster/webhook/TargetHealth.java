package dev.muster.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Lets a workspace's system rest that has failed several times on end, so that what waits for it
 * costs little until it answers again. What this node learned of it; others learn for themselves.
 */
@Component
class TargetHealth {

  /** So many failures without an answer in between are no accident. */
  private static final int FAILURES = 5;

  private static final int LONGEST_SHIFT = 6;

  private static final Duration REMEMBERED = Duration.ofHours(1);

  private record Illness(int failures, long untilNanos) {}

  private final Map<String, Illness> ill = new ConcurrentHashMap<>();

  void answered(String workspace) {
    ill.remove(workspace);
  }

  /** After every five failures it rests twice as long, from one second to about a minute. */
  void failed(String workspace) {
    ill.merge(
        workspace,
        new Illness(1, System.nanoTime()),
        (before, first) -> {
          var failures = before.failures + 1;
          return failures % FAILURES == 0
              ? new Illness(failures, System.nanoTime() + rest(failures).toNanos())
              : new Illness(failures, before.untilNanos);
        });
  }

  /** The workspaces that are not to be tried now. */
  Set<String> resting() {
    var now = System.nanoTime();
    ill.values().removeIf(each -> now - each.untilNanos() > REMEMBERED.toNanos());
    return ill.entrySet().stream()
        .filter(each -> each.getValue().untilNanos - now > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Duration rest(int failures) {
    return Duration.ofSeconds(1L << Math.min(failures / FAILURES - 1, LONGEST_SHIFT));
  }
}
