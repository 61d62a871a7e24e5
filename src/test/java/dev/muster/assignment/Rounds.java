package dev.muster.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import dev.muster.workspace.WorkspaceSid;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

/** The matching rounds of one node, for tests that have to know when they are over. */
public final class Rounds {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(30);

  private final MatchingRounds rounds;
  private final Demands demands;
  private final Unservable unservable;
  private final Map<?, ?> states;
  private final Set<?> failed;

  private Rounds(MatchingRounds rounds, Demands demands, Unservable unservable) {
    this.rounds = rounds;
    this.demands = demands;
    this.unservable = unservable;
    this.states = (Map<?, ?>) ReflectionTestUtils.getField(rounds, "states");
    this.failed = (Set<?>) ReflectionTestUtils.getField(rounds, "failed");
  }

  public static Rounds of(ApplicationContext context) {
    return new Rounds(
        context.getBean(MatchingRounds.class),
        context.getBean(Demands.class),
        context.getBean(Unservable.class));
  }

  /** Whether no round runs and none waits; one that is to follow a commit waits from then on. */
  public boolean atRest() {
    return states.isEmpty();
  }

  public void awaitRest() {
    var end = System.nanoTime() + PATIENCE_NANOS;
    while (!atRest()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Expected the rounds to come to rest, but " + states);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Whether a round failed that no sweep has repeated yet. */
  public boolean anyFailed() {
    return !failed.isEmpty();
  }

  public void request(WorkspaceSid workspace) {
    rounds.request(workspace);
  }

  /** Asks those again who declined long enough ago, and repeats rounds that failed. */
  public void sweep() {
    rounds.sweep();
  }

  /** Makes the node as ignorant of what tasks ask for as one that has just started. */
  public void forgetDemands() {
    ((Cache<?, ?>) ReflectionTestUtils.getField(demands, "demands")).invalidateAll();
    ((Cache<?, ?>) ReflectionTestUtils.getField(unservable, "memories")).invalidateAll();
  }
}
