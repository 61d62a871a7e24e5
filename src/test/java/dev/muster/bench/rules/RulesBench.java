package dev.muster.bench.rules;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the rules and prints the figures of {@code docs/benchmarks-rules.md}. The first argument
 * says which benchmarks, as a regular expression; without one, all of them and the memory.
 */
public final class RulesBench {

  private static final int VERSIONS = 5_000;

  private RulesBench() {}

  public static void main(String... arguments) throws RunnerException {
    if (arguments.length == 0) {
      Recompilations.report(VERSIONS);
    }
    var which = arguments.length == 0 ? "\\.rules\\..*Benchmark" : arguments[0];
    new Runner(
            new OptionsBuilder()
                .include(which)
                .forks(1)
                .threads(1)
                .warmupIterations(4)
                .warmupTime(new TimeValue(2, TimeUnit.SECONDS))
                .measurementIterations(5)
                .measurementTime(new TimeValue(2, TimeUnit.SECONDS))
                .addProfiler(CpuTime.class)
                .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
                .build())
        .run();
  }
}
