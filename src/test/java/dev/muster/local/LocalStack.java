package dev.muster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL and Camunda beneath one Muster, with Operate and Tasklist if they are wanted, and with
 * data that outlive them.
 */
final class LocalStack implements AutoCloseable {

  private final Path data;
  private final LocalSettings settings;
  private final LocalPostgres postgres;
  private final LocalCamunda camunda;
  private final LocalOperate operate;
  private FileChannel lock;
  private volatile CompletableFuture<Void> postgresStart = CompletableFuture.completedFuture(null);

  LocalStack(Path data, LocalSettings settings) {
    this.data = data;
    this.settings = settings;
    this.postgres = LocalPostgres.kept(data.resolve("postgres"), settings.postgresPort());
    this.operate = LocalOperate.kept(data.resolve("operate-data"), settings.operatePorts());
    this.camunda =
        LocalCamunda.kept(
            data.resolve("camunda-data"),
            settings.camundaPorts(),
            settings.operate() ? operate.exporter() : Map.of());
  }

  /**
   * Takes the data directory for this JVM, ends what a killed one left running on it, and looks at
   * the ports.
   *
   * @return one sentence for each thing that keeps the stack from starting
   */
  List<String> prepare() {
    if (!lock()) {
      return List.of(
          "Expected to be the only Muster on %s, but another one runs there".formatted(data));
    }
    postgres.endLeftover();
    operate.endLeftover();
    camunda.endLeftover();
    return settings.complaints();
  }

  private boolean lock() {
    try {
      Files.createDirectories(data);
      lock =
          FileChannel.open(
              data.resolve("muster.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return lock.tryLock() != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts everything at once and returns when all is ready. */
  void start() {
    postgresStart = starting("PostgreSQL 18", settings.postgresPort(), postgres::start);
    var camundaStart =
        settings.operate()
            ? startWithOperate()
            : starting("Camunda 8.6", settings.camundaPort(), camunda::start);
    CompletableFuture.allOf(postgresStart, camundaStart).join();
  }

  /** Each needs the one before. */
  private CompletableFuture<Void> startWithOperate() {
    var ports = settings.operatePorts();
    return starting("OpenSearch 2.19", ports.search(), operate::startSearch)
        .thenCompose(done -> starting("Camunda 8.6", settings.camundaPort(), camunda::start))
        .thenCompose(
            done ->
                starting("Operate and Tasklist", ports.web(), () -> operate.startWebapps(camunda)));
  }

  private static CompletableFuture<Void> starting(String name, int port, Runnable start) {
    System.out.printf("Starting %s ...%n", name);
    var since = Instant.now();
    // The common pool has a single thread on two cores.
    return CompletableFuture.runAsync(start, task -> Thread.ofPlatform().daemon().start(task))
        .thenRun(
            () ->
                System.out.printf(
                    "%s is ready on 127.0.0.1:%d after %.1f s%n",
                    name, port, Duration.between(since, Instant.now()).toMillis() / 1000.0));
  }

  Map<String, Object> properties() {
    var properties = new HashMap<String, Object>(postgres.database("muster").properties());
    properties.putAll(camunda.properties());
    return properties;
  }

  /** Stops Operate, then Camunda, then PostgreSQL, even while they start. */
  @Override
  public void close() {
    if (settings.operate()) {
      System.out.println("Stopping Operate and Tasklist ...");
    }
    operate.stop();
    System.out.println("Stopping Camunda ...");
    camunda.stop();
    System.out.println("Stopping PostgreSQL ...");
    postgresStart.exceptionally(failed -> null).join();
    postgres.stop();
    System.out.printf("Everything has stopped; the data stay in %s%n", data);
  }
}
