package dev.muster.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The five ports of a broker with its gateway. */
record CamundaPorts(int grpc, int rest, int command, int internal, int monitoring) {

  static final int COUNT = 5;

  /** Five ports in a row, gRPC first. */
  static CamundaPorts from(int first) {
    return new CamundaPorts(first, first + 1, first + 2, first + 3, first + 4);
  }

  static CamundaPorts free() {
    var free = Ports.free(COUNT);
    return new CamundaPorts(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4));
  }

  Map<String, Integer> byPurpose() {
    var ports = new LinkedHashMap<String, Integer>();
    ports.put("Camunda (gRPC)", grpc);
    ports.put("Camunda (REST)", rest);
    ports.put("Camunda (commands)", command);
    ports.put("Camunda (cluster)", internal);
    ports.put("Camunda (monitoring)", monitoring);
    return ports;
  }

  /** As the placeholders of {@code local/broker.yaml}. */
  Map<String, String> environment() {
    return Map.of(
        "MUSTER_BROKER_GRPC", Integer.toString(grpc),
        "MUSTER_BROKER_REST", Integer.toString(rest),
        "MUSTER_BROKER_COMMAND", Integer.toString(command),
        "MUSTER_BROKER_INTERNAL", Integer.toString(internal),
        "MUSTER_BROKER_MONITORING", Integer.toString(monitoring));
  }

  URI grpcAddress() {
    return address(grpc, "");
  }

  URI restAddress() {
    return address(rest, "");
  }

  /** Whether a broker on these ports is ready and leads its partition. */
  boolean acceptCommands() {
    return answer(address(monitoring, "/actuator/health/readiness")).isPresent()
        && answer(address(rest, "/v2/topology"))
            .filter(topology -> topology.contains("\"role\":\"leader\",\"health\":\"healthy\""))
            .isPresent();
  }

  private static URI address(int port, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }

  private static Optional<String> answer(URI address) {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
      var response = http.send(request, BodyHandlers.ofString());
      return Optional.of(response.body()).filter(body -> response.statusCode() == 200);
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
