package dev.muster.process;

import dev.muster.local.BrokerRecords;
import dev.muster.local.LocalCamunda;
import io.camunda.client.CamundaClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The 8.6.0 broker. */
final class BrokerEngine implements TestEngine {

  private final Map<Long, JsonNode> earlier = new TreeMap<>();
  private final LocalCamunda broker = LocalCamunda.throwAway(BrokerRecords.PRINTED);

  @Override
  public void start() {
    broker.start();
  }

  /** The log starts anew with the next start, so what it says is kept. */
  void stop() {
    broker.stop();
    broker.records().forEach(record -> earlier.put(record.get("position").asLong(), record));
  }

  @Override
  public Map<String, Object> properties() {
    return broker.properties();
  }

  @Override
  public List<JsonNode> records() {
    var all = new TreeMap<>(earlier);
    broker.records().forEach(record -> all.put(record.get("position").asLong(), record));
    return List.copyOf(all.values());
  }

  @Override
  public void completeUserTask(long key) {
    try (var client =
        CamundaClient.newClientBuilder()
            .grpcAddress(broker.grpcAddress())
            .restAddress(broker.restAddress())
            .build()) {
      client.newCompleteUserTaskCommand(key).send().join();
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
