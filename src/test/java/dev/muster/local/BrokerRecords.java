package dev.muster.local;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a broker has recorded. Its debug exporter prints every record to the broker's log, from
 * where they are read; Camunda's own search would lag and need a search engine.
 */
public final class BrokerRecords {

  /** Settings of a broker that prints its records, as environment variables. */
  public static final Map<String, String> PRINTED =
      Map.of(
          "ZEEBE_BROKER_EXPORTERS_DEBUG_CLASSNAME",
          "io.camunda.zeebe.broker.exporter.debug.DebugLogExporter",
          "ZEEBE_BROKER_EXPORTERS_DEBUG_ARGS_LOGLEVEL",
          "INFO");

  private static final JsonMapper JSON = new JsonMapper();

  private BrokerRecords() {}

  static List<JsonNode> in(Stream<String> log) {
    return log.filter(line -> line.contains("\"recordType\"") && line.endsWith("}"))
        .map(line -> JSON.readTree(line.substring(line.indexOf('{'))))
        .toList();
  }
}
