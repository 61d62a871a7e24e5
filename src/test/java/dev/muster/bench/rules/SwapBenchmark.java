package dev.muster.bench.rules;

import dev.muster.rules.Attributes;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Decision;
import dev.muster.rules.Instruction;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Decisions with 100 filters while another thread compiles and exchanges the version every 50 ms.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SwapBenchmark {

  private static final int FILTERS = 100;

  private final Attributes[] tasks = Samples.tasks(FILTERS);
  private volatile CompiledInstruction live;
  private ScheduledExecutorService editor;
  private int version;
  private int next;

  @Setup
  public void edit() {
    var versions =
        IntStream.range(0, 8)
            .mapToObj(number -> Samples.instruction(FILTERS, number))
            .toArray(Instruction[]::new);
    live = CompiledInstruction.compile("benchmark", versions[0]);
    editor = Executors.newSingleThreadScheduledExecutor();
    editor.scheduleAtFixedRate(
        () -> live = CompiledInstruction.compile("benchmark", versions[version++ % 8]),
        50,
        50,
        TimeUnit.MILLISECONDS);
  }

  @TearDown
  public void stop() {
    editor.shutdownNow();
  }

  @Benchmark
  public Decision decide() {
    return live.decide(tasks[next++ & tasks.length - 1]);
  }
}
