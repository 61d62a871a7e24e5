package dev.muster.local;

import dev.muster.Muster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Muster as it is deployed: in a JVM of its own, without the tests' classes. It can be killed and
 * started again on the same port.
 */
public final class MusterProcess implements AutoCloseable {

  private static final List<String> OPTIONS =
      List.of("-Xms512m", "-Xmx1g", "--enable-native-access=ALL-UNNAMED");

  private final Map<String, Object> settings;
  private final URI base;
  private final Path log;
  private final @Nullable Path jar;
  private @Nullable Process process;
  private @Nullable Tether tether;

  private MusterProcess(Map<String, Object> settings, int port, Path log, @Nullable Path jar) {
    this.jar = jar;
    this.settings = new HashMap<>(settings);
    this.settings.put("server.address", "127.0.0.1");
    this.settings.put("server.port", port);
    this.base = URI.create("http://127.0.0.1:" + port);
    this.log = log;
  }

  /** Returns when it is ready; what it logs goes to the file. */
  public static MusterProcess start(Map<String, Object> settings, Path log) {
    return started(settings, log, null);
  }

  /**
   * The same from a jar, with a cache beside it that halves the work of every start but this one:
   * the first {@link #close} writes what was used until then, and {@link #kill} does not.
   */
  public static MusterProcess start(Map<String, Object> settings, Path log, Path jar) {
    try {
      Files.deleteIfExists(cache(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return started(settings, log, jar);
  }

  private static MusterProcess started(Map<String, Object> settings, Path log, @Nullable Path jar) {
    var muster = new MusterProcess(settings, Ports.free(1).get(0), log, jar);
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    muster.start();
    return muster;
  }

  /** Returns when it is ready. Does nothing while it runs. */
  public void start() {
    if (process != null) {
      return;
    }
    var builder = new ProcessBuilder(command());
    // On the command line, everyone on this machine could read them.
    builder
        .environment()
        .put("SPRING_APPLICATION_JSON", new JsonMapper().writeValueAsString(settings));
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tether = Tether.to(process.pid(), "TERM");
    try {
      Awaitility.await("Muster to be ready; see " + log)
          .atMost(2, TimeUnit.MINUTES)
          .until(this::isReady);
    } catch (RuntimeException notReady) {
      kill();
      throw notReady;
    }
  }

  private List<String> command() {
    var packaged =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .map(entry -> jar != null && Files.isDirectory(Path.of(entry)) ? jar.toString() : entry)
            .collect(Collectors.joining(File.pathSeparator));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    if (jar != null) {
      var cache = cache(jar);
      command.add((Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
    }
    command.addAll(List.of("-cp", packaged, Muster.class.getName()));
    return command;
  }

  private static Path cache(Path jar) {
    return jar.resolveSibling(jar.getFileName() + ".aot");
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

  public URI base() {
    return base;
  }

  /**
   * @throws NullPointerException if it is not running
   */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends it at once, as a power cut would. Does nothing if it is not running. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
    close();
  }

  @Override
  public void close() {
    if (process != null) {
      Ending.of(process.toHandle());
      tether.close();
      process = null;
    }
  }
}
