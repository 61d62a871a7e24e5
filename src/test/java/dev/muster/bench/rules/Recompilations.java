package dev.muster.bench.rules;

import dev.muster.rules.CompiledInstruction;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** Heap, metaspace and classes after thousands of compiled and dropped versions of 100 filters. */
final class Recompilations {

  private static final int FILTERS = 100;
  private static final int DECISIONS = 30;

  private Recompilations() {}

  static void report(int versions) {
    compile(0, 300);
    var before = used();
    compile(300, versions);
    System.out.printf(
        "After 300 recompilations of %d filters: %s%nAfter %d more:  %s%n",
        FILTERS, before, versions, used());
  }

  private static void compile(int from, int count) {
    var tasks = Samples.tasks(FILTERS);
    for (int version = from; version < from + count; version++) {
      var compiled =
          CompiledInstruction.compile("version " + version, Samples.instruction(FILTERS, version));
      for (int task = 0; task < DECISIONS; task++) {
        compiled.decide(tasks[task]);
      }
    }
  }

  private static String used() {
    System.gc();
    System.gc();
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    double metaspace =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .map(MemoryPoolMXBean::getUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    return "heap %.1f MB, metaspace %.1f MB, %d classes"
        .formatted(
            heap / 1e6,
            metaspace / 1e6,
            ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
  }
}
