package dev.muster.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Operate and Tasklist of the Camunda 8.6 distribution, and the OpenSearch that the broker exports
 * to and they read from: two child processes, all ports on 127.0.0.1.
 *
 * <p>{@code mvn -Poperate} fetches OpenSearch. Everybody on this machine may read it; Operate and
 * Tasklist know one user, demo with the password demo.
 */
public final class LocalOperate implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path home;
  private final OperatePorts ports;
  private final boolean kept;
  private final ChildJvm search;
  private final ChildJvm webapps;

  private LocalOperate(Path home, OperatePorts ports, boolean kept) {
    this.home = home.toAbsolutePath();
    this.ports = ports;
    this.kept = kept;
    this.search = new ChildJvm("search", this.home);
    this.webapps = new ChildJvm("webapps", this.home);
  }

  /** One whose data outlive it. */
  static LocalOperate kept(Path home, OperatePorts ports) {
    return new LocalOperate(home, ports, true);
  }

  /** One on free ports; {@link #close} removes its data. */
  public static LocalOperate throwAway() {
    return new LocalOperate(LocalFiles.throwAway("operate"), OperatePorts.free(), false);
  }

  /** Settings of a broker that exports its records to this one, as environment variables. */
  public Map<String, String> exporter() {
    var exporter = "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_";
    return Map.of(
        exporter + "CLASSNAME",
        "io.camunda.zeebe.exporter.opensearch.OpensearchExporter",
        exporter + "ARGS_URL",
        searchAddress().toString(),
        exporter + "ARGS_BULK_DELAY",
        "1",
        exporter + "ARGS_INDEX_PREFIX",
        "zeebe-record",
        exporter + "ARGS_INDEX_NUMBEROFSHARDS",
        "1",
        exporter + "ARGS_INDEX_NUMBEROFREPLICAS",
        "0");
  }

  /** Starts the search engine and returns once it answers. */
  public void startSearch() {
    if (search.isRunning()) {
      return;
    }
    var engine = LocalFiles.searchEngine();
    search.start(
        List.of(
            "-Xmx512m",
            "-cp",
            engine.resolve("classes") + ":" + engine.resolve("lib") + "/*",
            "dev.muster.operate.SearchNode",
            home.resolve("data").toString(),
            Integer.toString(ports.search()),
            Integer.toString(ports.searchTransport())),
        Map.of());
    await("OpenSearch")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              search.requireAlive();
              return answers(
                  HttpRequest.newBuilder(searchAddress().resolve("/_cluster/health")), 200);
            });
  }

  /** Starts Operate and Tasklist over that broker and returns once people can log in. */
  public void startWebapps(CamundaServer broker) {
    if (webapps.isRunning()) {
      return;
    }
    var distribution = LocalFiles.camundaDistribution();
    webapps.start(
        List.of(
            "-Xmx768m",
            "-Dbasedir=" + home,
            "-Dapp.home=" + home,
            "-cp",
            distribution.resolve("config") + ":" + distribution.resolve("lib") + "/*",
            "io.camunda.application.StandaloneCamunda"),
        Map.of(
            "SPRING_PROFILES_ACTIVE", "operate,tasklist,auth",
            "SPRING_CONFIG_ADDITIONAL_LOCATION", LocalFiles.configuration("webapps.yaml"),
            "MUSTER_WEBAPPS_PORT", Integer.toString(ports.web()),
            "MUSTER_WEBAPPS_MONITORING", Integer.toString(ports.monitoring()),
            "MUSTER_SEARCH_URL", searchAddress().toString(),
            "MUSTER_BROKER_GATEWAY", broker.grpcAddress().getAuthority(),
            "MUSTER_BROKER_REST_URL", broker.restAddress().toString()));
    await("Operate and Tasklist")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              webapps.requireAlive();
              return answers(login("demo", "demo"), 204);
            });
  }

  /** The request that begins a session, whose cookie the answer brings. */
  public HttpRequest.Builder login(String user, String password) {
    return HttpRequest.newBuilder(address().resolve("/api/login"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "username=%s&password=%s".formatted(user, password)));
  }

  private static boolean answers(HttpRequest.Builder request, int status) {
    try (var http = HttpClient.newHttpClient()) {
      var timed = request.timeout(Duration.ofSeconds(10)).build();
      return http.send(timed, BodyHandlers.discarding()).statusCode() == status;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where Operate ({@code /operate}) and Tasklist ({@code /tasklist}) answer. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + ports.web());
  }

  private URI searchAddress() {
    return URI.create("http://127.0.0.1:" + ports.search());
  }

  /** Stops what an ended JVM left running on these data. */
  void endLeftover() {
    webapps.endLeftover();
    search.endLeftover();
  }

  /** Ends both; the data stay. */
  void stop() {
    webapps.stop();
    search.stop();
  }

  @Override
  public void close() {
    stop();
    if (!kept) {
      LocalFiles.remove(home);
    }
  }
}
