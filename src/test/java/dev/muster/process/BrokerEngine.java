package dev.muster.process;

import dev.muster.local.LocalCamunda;
import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The 8.6.0 broker. Its debug exporter prints every record to the broker's log, from where they are
 * read; Camunda's own search would lag and need a search engine.
 */
final class BrokerEngine implements TestEngine {

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<Long, JsonNode> earlier = new TreeMap<>();
  private final LocalCamunda broker =
      LocalCamunda.throwAway(
          Map.of(
              "ZEEBE_BROKER_EXPORTERS_DEBUG_CLASSNAME",
              "io.camunda.zeebe.broker.exporter.debug.DebugLogExporter",
              "ZEEBE_BROKER_EXPORTERS_DEBUG_ARGS_LOGLEVEL",
              "INFO"));

  @Override
  public void start() {
    broker.start();
  }

  /** The log starts anew with the next start, so what it says is kept. */
  void stop() {
    broker.stop();
    printed().forEach(record -> earlier.put(record.get("position").asLong(), record));
  }

  @Override
  public Map<String, Object> properties() {
    return broker.properties();
  }

  @Override
  public List<JsonNode> records() {
    var all = new TreeMap<>(earlier);
    printed().forEach(record -> all.put(record.get("position").asLong(), record));
    return List.copyOf(all.values());
  }

  private List<JsonNode> printed() {
    try (var lines = Files.lines(broker.log())) {
      return lines
          .filter(line -> line.contains("\"recordType\"") && line.endsWith("}"))
          .map(line -> JSON.readTree(line.substring(line.indexOf('{'))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
