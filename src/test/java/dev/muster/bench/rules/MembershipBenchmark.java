package dev.muster.bench.rules;

import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.Expressions;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** To which of 50 queues one of 10,000 workers belongs: what a change of a worker costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MembershipBenchmark {

  private final Expression[] queues = Samples.queues(50);
  private final Attributes[] workers = Samples.workers(10_000);
  private final Expressions together = Expressions.of(List.of(queues));
  private int next;

  @Benchmark
  public BitSet together() {
    return together.test(workers[next++ % workers.length]);
  }

  @Benchmark
  public long oneByOne() {
    var worker = workers[next++ % workers.length];
    long queuesOfWorker = 0;
    for (int queue = 0; queue < queues.length; queue++) {
      if (queues[queue].test(worker)) {
        queuesOfWorker |= 1L << queue;
      }
    }
    return queuesOfWorker;
  }
}
