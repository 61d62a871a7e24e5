package dev.muster.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

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

  private final Path home;
  private final CamundaPorts ports;
  private final boolean kept;
  private final Map<String, String> environment;
  private final ChildJvm jvm;

  private LocalCamunda(
      Path home, CamundaPorts ports, boolean kept, Map<String, String> environment) {
    this.home = home.toAbsolutePath();
    this.ports = ports;
    this.kept = kept;
    this.environment = environment;
    this.jvm = new ChildJvm("broker", this.home);
  }

  /** A broker whose data outlive it, with further settings, as environment variables. */
  static LocalCamunda kept(Path home, CamundaPorts ports, Map<String, String> environment) {
    return new LocalCamunda(home, ports, true, environment);
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
    if (jvm.isRunning()) {
      return;
    }
    jvm.start(arguments(LocalFiles.camundaDistribution()), settings());
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(this::isReady);
  }

  private Map<String, String> settings() {
    var all = new HashMap<>(environment);
    all.putAll(ports.environment());
    all.put("MUSTER_BROKER_DATA", home.resolve("data").toString());
    all.put("SPRING_CONFIG_ADDITIONAL_LOCATION", LocalFiles.configuration("broker.yaml"));
    return all;
  }

  private List<String> arguments(Path distribution) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("-Xmx512m", "-Dbasedir=" + home, "-Dapp.home=" + home));
    arguments.addAll(moreOptions());
    arguments.addAll(
        List.of("-cp", distribution.resolve("config") + ":" + distribution.resolve("lib") + "/*"));
    arguments.add("io.camunda.application.StandaloneBroker");
    return arguments;
  }

  private static List<String> moreOptions() {
    var options = System.getenv().getOrDefault("MUSTER_CAMUNDA_OPTS", "").strip();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
  }

  private boolean isReady() {
    jvm.requireAlive();
    return ports.acceptCommands();
  }

  /** Stops a broker that an ended JVM left running on these data. */
  void endLeftover() {
    jvm.endLeftover();
  }

  /** The broker; empty if it is not running. */
  public Optional<ProcessHandle> process() {
    return jvm.process();
  }

  @Override
  public List<JsonNode> records() {
    try (var lines = Files.lines(jvm.log())) {
      return BrokerRecords.in(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    jvm.stop();
  }

  @Override
  public void kill() {
    jvm.kill();
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
