package dev.muster.bench;

import dev.muster.Muster;
import dev.muster.local.Tether;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** A Muster as it is deployed: in a JVM of its own, without the tests' classes. */
final class MusterProcess implements AutoCloseable {

  private static final List<String> OPTIONS =
      List.of("-Xms512m", "-Xmx1g", "--enable-native-access=ALL-UNNAMED");

  private final URI base;
  private final Process process;
  private final Tether tether;

  private MusterProcess(URI base, Process process) {
    this.base = base;
    this.process = process;
    this.tether = Tether.to(process.pid(), "TERM");
  }

  /** Returns when it is ready; what it logs goes to the file. */
  static MusterProcess start(Map<String, Object> settings, Path log) {
    var port = freePort();
    var properties = new HashMap<>(settings);
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", port);
    var builder = new ProcessBuilder(command());
    // On the command line, everyone on this machine could read them.
    builder
        .environment()
        .put("SPRING_APPLICATION_JSON", new JsonMapper().writeValueAsString(properties));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      var muster = new MusterProcess(URI.create("http://127.0.0.1:" + port), builder.start());
      Awaitility.await("Muster to be ready; see " + log)
          .atMost(2, TimeUnit.MINUTES)
          .until(muster::isReady);
      return muster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command() {
    var packaged =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", packaged, Muster.class.getName()));
    return command;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("Expected Muster to start, but it ended");
    }
    var health = (HttpURLConnection) base.resolve("/actuator/health").toURL().openConnection();
    try {
      return health.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI base() {
    return base;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tether.close();
    }
  }
}
