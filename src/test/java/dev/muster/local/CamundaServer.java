package dev.muster.local;

import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Camunda broker with its gateway that can be stopped, killed and started again on the same data
 * and ports.
 */
public interface CamundaServer extends AutoCloseable {

  /** Returns once the partition has a healthy leader, so that commands are accepted. */
  void start();

  /** Ends the broker in order; the data stay. Does nothing if it is not running. */
  void stop();

  /** Ends the broker at once, as a power cut would; the data stay. */
  void kill();

  /**
   * What the broker has recorded since it was last started, in order. Empty unless it was told to
   * print that, see {@link BrokerRecords#PRINTED}.
   */
  List<JsonNode> records();

  URI grpcAddress();

  URI restAddress();

  /**
   * As properties of the Camunda client: no authentication, and gRPC wherever there is a choice.
   */
  default Map<String, Object> properties() {
    return Map.of(
        "camunda.client.enabled", "true",
        "camunda.client.mode", "self-managed",
        "camunda.client.auth.method", "none",
        "camunda.client.prefer-rest-over-grpc", "false",
        "camunda.client.grpc-address", grpcAddress().toString(),
        "camunda.client.rest-address", restAddress().toString());
  }

  /** Stops the broker and, if it was a throw-away one, removes its data. */
  @Override
  void close();
}
