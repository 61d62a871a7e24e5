package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentDecisionsTest {

  private static final int FILTERS = 50;
  private static final int THREADS = 8;
  private static final int DECISIONS = 5_000;

  @Test
  void decidesForManyThreadsWhileVersionsAreExchanged() throws Exception {
    var live = new AtomicReference<>(version(0));
    var work = new ArrayList<Callable<Integer>>();
    for (int thread = 0; thread < THREADS; thread++) {
      int seed = thread;
      work.add(() -> wrongDecisions(live, seed));
    }
    work.add(
        () -> {
          for (int next = 1; next <= 100; next++) {
            live.set(version(next));
          }
          return 0;
        });

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var wrong : threads.invokeAll(work)) {
        assertThat(wrong.get()).isZero();
      }
    }
  }

  /** In version v, filter i holds for product (i + v). */
  private static CompiledInstruction version(int version) {
    return CompiledInstructionTest.compiled(
        IntStream.range(0, FILTERS)
            .mapToObj(i -> "product == 'p" + (i + version) + "'")
            .toArray(String[]::new));
  }

  private static int wrongDecisions(AtomicReference<CompiledInstruction> live, int seed) {
    int wrong = 0;
    for (int round = 0; round < DECISIONS; round++) {
      var compiled = live.get();
      var task = Attributes.parse("{\"product\": \"p" + (round * 7 + seed) % 160 + "\"}");
      wrong += compiled.decide(task).equals(compiled.decideByWalking(task)) ? 0 : 1;
    }
    return wrong;
  }
}
