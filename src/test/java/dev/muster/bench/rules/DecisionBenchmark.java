package dev.muster.bench.rules;

import dev.muster.rules.Attributes;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Decision;
import dev.muster.rules.Instruction;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Which filter comes first: the rule engine beside walking the same trees one after the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {

  @Param({"10", "100", "1000"})
  private int filters;

  private Instruction instruction;
  private CompiledInstruction compiled;
  private Attributes[] tasks;
  private int next;

  @Setup
  public void prepare() {
    instruction = Samples.instruction(filters, 0);
    compiled = CompiledInstruction.compile("benchmark", instruction);
    tasks = Samples.tasks(filters);
  }

  @Benchmark
  public Decision decide() {
    return compiled.decide(task());
  }

  @Benchmark
  public int walk() {
    var task = task();
    int at = 0;
    for (var filter : instruction.filters()) {
      if (filter.expression().test(task)) {
        return at;
      }
      at++;
    }
    return -1;
  }

  @Benchmark
  public CompiledInstruction compile() {
    return CompiledInstruction.compile("benchmark", instruction);
  }

  private Attributes task() {
    return tasks[next++ & tasks.length - 1];
  }
}
