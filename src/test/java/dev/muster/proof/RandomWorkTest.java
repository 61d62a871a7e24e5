package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.local.Credentials;
import dev.muster.testing.SettableClock;
import dev.muster.testing.SharedServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done in whatever order, every answer and every change is the one that the
 * specification foretells.
 *
 * <p>{@code -Dproof.seed} repeats what a failure names, {@code -Dproof.factor} makes it longer.
 */
class RandomWorkTest {

  private static final int SEEDS = 10;
  private static final int RUNS_OF_A_SEED = 10 * Integer.getInteger("proof.factor", 1);
  private static final int DEEDS_OF_A_RUN = 1000;
  private static final int TRIES_TO_SHRINK = 150;
  private static final int CONNECTIONS = 6;

  @Test
  void everyDeedDoesWhatTheSpecificationSaysAndNothingElse() throws Exception {
    var first = Long.getLong("proof.seed", System.nanoTime() >>> 8);
    System.out.println("RandomWorkTest seeds from " + first);
    var seeds =
        new ConcurrentLinkedQueue<>(LongStream.range(first, first + SEEDS).boxed().toList());
    var failures = new ArrayList<String>();

    try (var one = World.open();
        var other = World.open();
        var threads = Executors.newFixedThreadPool(2)) {
      List<Callable<Optional<String>>> work =
          List.of(() -> work(one, seeds), () -> work(other, seeds));
      for (var done : threads.invokeAll(work)) {
        done.get().ifPresent(failures::add);
      }
    }

    assertThat(failures).isEmpty();
  }

  /** The first failure in one world, which takes one seed after the other. */
  private static Optional<String> work(World world, Queue<Long> seeds) {
    var failure = Optional.<String>empty();
    for (var seed = seeds.poll(); seed != null && failure.isEmpty(); seed = seeds.poll()) {
      failure = work(world, seed);
    }
    return failure;
  }

  private static Optional<String> work(World world, long seed) {
    var random = new Random(seed);
    for (var run = 0; run < RUNS_OF_A_SEED; run++) {
      var acts = Act.random(random, DEEDS_OF_A_RUN);
      var failure = world.play(acts);
      if (failure.isPresent()) {
        var shortest =
            Shrinking.of(
                acts.subList(0, failure.get().deeds().size()),
                fewer -> world.play(fewer).isPresent(),
                TRIES_TO_SHRINK);
        return Optional.of(
            "seed %d, run %d, made short: %s"
                .formatted(seed, run, world.play(shortest).or(() -> failure)));
      }
    }
    return Optional.empty();
  }

  /**
   * A node and two accounts, in which runs are played one after the other. The node and its
   * database work by turns, so two worlds use two cores.
   */
  private record World(
      Node node, SettableClock clock, Snapshots snapshots, Client acme, Client globex)
      implements AutoCloseable {

    /** How a run failed, and what was done up to there. */
    private record Failure(Throwable cause, List<String> deeds) {

      @Override
      public String toString() {
        return "%s\nafter\n  %s\n".formatted(cause, String.join("\n  ", deeds));
      }
    }

    static World open() throws SQLException {
      var database = SharedServers.database();
      var clock = new SettableClock();
      clock.stop();
      var node = Node.start(database, Credentials.random(), clock, new Interludes(), CONNECTIONS);
      var web = node.web();
      var acme = node.newTenant();
      var globex = node.newTenant();
      return new World(
          node,
          clock,
          new Snapshots(database),
          InProcess.as(web, acme.user(), acme.password()),
          InProcess.as(web, globex.user(), globex.password()));
    }

    @Override
    public void close() throws SQLException {
      snapshots.close();
      node.close();
    }

    Optional<Failure> play(List<Act> acts) {
      try (var run = new Run(node, clock, snapshots, acme, globex)) {
        try {
          run.play(acts);
          return Optional.empty();
        } catch (Violation | IllegalStateException failure) {
          return Optional.of(new Failure(failure, run.done()));
        }
      }
    }
  }
}
