package dev.muster.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The Camunda 8.6 distribution as a child process: one broker with one partition and its gateway,
 * all TCP ports on 127.0.0.1.
 *
 * <p>{@code MUSTER_CAMUNDA_OPTS} holds more options for its JVM, such as {@code
 * -XX:TieredStopAtLevel=4} for a benchmark. It ignores Ctrl-C, so that Muster can leave first; it
 * ends when {@link #stop} says so or when this JVM is gone. Its gossip listens on a UDP port of
 * every address, whatever it is told; nothing in a cluster of one depends on it.
 */
public final class LocalCamunda implements CamundaServer {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int LINES_SHOWN = 40;

  private final Path home;
  private final CamundaPorts ports;
  private final boolean kept;
  private final Map<String, String> environment;
  private volatile Process process;
  private volatile Tether tether;

  private LocalCamunda(
      Path home, CamundaPorts ports, boolean kept, Map<String, String> environment) {
    this.home = home.toAbsolutePath();
    this.ports = ports;
    this.kept = kept;
    this.environment = environment;
  }

  /** A broker whose data outlive it. */
  static LocalCamunda kept(Path home, CamundaPorts ports) {
    return new LocalCamunda(home, ports, true, Map.of());
  }

  /** A broker on free ports, quick to start; {@link #close} removes its data. */
  public static LocalCamunda throwAway() {
    return throwAway(Map.of());
  }

  /** The same, with further settings, as environment variables. */
  public static LocalCamunda throwAway(Map<String, String> environment) {
    return new LocalCamunda(
        LocalFiles.throwAway("camunda"), CamundaPorts.free(), false, environment);
  }

  @Override
  public void start() {
    if (process != null) {
      return;
    }
    endLeftover();
    var started = spawn();
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> isReady(started));
  }

  private Process spawn() {
    try {
      Files.createDirectories(home);
      var started = builder().start();
      tether = Tether.to(started.pid(), "TERM");
      process = started;
      Files.writeString(pidFile(), Long.toString(started.pid()));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected Camunda to start in " + home, e);
    }
  }

  private ProcessBuilder builder() {
    var distribution = LocalFiles.camundaDistribution();
    if (!Files.isDirectory(distribution.resolve("lib"))) {
      throw new IllegalStateException(
          "Expected Camunda in %s, but it is not there; mvn test-compile unpacks it"
              .formatted(distribution));
    }
    var builder = new ProcessBuilder(command(distribution)).directory(home.toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(ports.environment());
    builder.environment().put("MUSTER_BROKER_DATA", home.resolve("data").toString());
    builder.environment().put("SPRING_CONFIG_ADDITIONAL_LOCATION", configuration().toString());
    return builder.redirectErrorStream(true).redirectOutput(log().toFile());
  }

  private List<String> command(Path distribution) {
    var command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "camunda"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dmuster.broker=" + home);
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    // Half the start's work, at the price of peak throughput.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-Dbasedir=" + home, "-Dapp.home=" + home));
    command.addAll(moreOptions());
    command.addAll(
        List.of("-cp", distribution.resolve("config") + ":" + distribution.resolve("lib") + "/*"));
    command.add("io.camunda.application.StandaloneBroker");
    return command;
  }

  private static List<String> moreOptions() {
    var options = System.getenv().getOrDefault("MUSTER_CAMUNDA_OPTS", "").strip();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
  }

  private static URI configuration() {
    return URI.create(LocalCamunda.class.getResource("/local/broker.yaml").toString());
  }

  private boolean isReady(Process started) {
    if (!started.isAlive()) {
      throw new IllegalStateException(
          "Expected Camunda to start, but it ended with %d; the end of %s:%n%s"
              .formatted(started.exitValue(), log(), lastLines()));
    }
    return ports.acceptCommands();
  }

  private String lastLines() {
    try {
      var lines = Files.readAllLines(log());
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(unreadable: %s)".formatted(e.getMessage());
    }
  }

  /** Stops a broker that an ended JVM left running on these data. */
  void endLeftover() {
    Leftover.end(pidFile(), home);
  }

  private Path pidFile() {
    return home.resolve("broker.pid");
  }

  /** The broker; empty if it is not running. */
  public Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).map(Process::toHandle);
  }

  /** Everything the broker printed since it was last started. */
  public Path log() {
    return home.resolve("broker.log");
  }

  @Override
  public void stop() {
    end(Process::destroy);
  }

  @Override
  public void kill() {
    end(Process::destroyForcibly);
  }

  private void end(Consumer<Process> how) {
    var ending = process;
    if (ending == null) {
      return;
    }
    how.accept(ending);
    try {
      if (!ending.waitFor(30, TimeUnit.SECONDS)) {
        ending.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(pidFile());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      tether.close();
      process = null;
    }
  }

  @Override
  public URI grpcAddress() {
    return ports.grpcAddress();
  }

  @Override
  public URI restAddress() {
    return ports.restAddress();
  }

  @Override
  public void close() {
    stop();
    if (!kept) {
      LocalFiles.remove(home);
    }
  }
}
