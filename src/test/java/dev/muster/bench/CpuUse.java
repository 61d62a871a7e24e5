package dev.muster.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor time of the programs that share this machine. The time of processes that have ended
 * meanwhile is not counted; those of a measurement live through it.
 */
final class CpuUse {

  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Map<String, Supplier<Stream<ProcessHandle>>> programs = new LinkedHashMap<>();
  private final Map<String, Duration> before = new LinkedHashMap<>();
  private long since;

  CpuUse() {
    programs.put("client", () -> Stream.of(ProcessHandle.current()));
  }

  /** Counts a program and the processes it started. */
  void add(String name, Supplier<Stream<ProcessHandle>> first) {
    programs.put(
        name, () -> first.get().flatMap(it -> Stream.concat(Stream.of(it), it.descendants())));
  }

  void begin() {
    programs.forEach((name, processes) -> before.put(name, used(processes)));
    since = System.nanoTime();
    machine.getCpuLoad();
  }

  /** What each program used since the beginning, in percent of one core. */
  String end() {
    var nanos = System.nanoTime() - since;
    var all = machine.getCpuLoad();
    var shares = new LinkedHashMap<String, Double>();
    programs.forEach(
        (name, processes) -> {
          var used = used(processes).minus(before.getOrDefault(name, Duration.ZERO));
          shares.put(name, 100.0 * Math.max(0, used.toNanos()) / nanos);
        });
    var known = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    var cores = Runtime.getRuntime().availableProcessors();
    shares.put("others", Math.max(0, 100 * all * cores - known));
    return shares.entrySet().stream()
            .filter(share -> share.getValue() >= 0.5)
            .map(share -> String.format(Locale.ROOT, "%s %.0f", share.getKey(), share.getValue()))
            .collect(Collectors.joining(", "))
        + String.format(Locale.ROOT, "; sum %.0f of %d", 100 * all * cores, 100 * cores);
  }

  private static Duration used(Supplier<Stream<ProcessHandle>> processes) {
    return processes
        .get()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
