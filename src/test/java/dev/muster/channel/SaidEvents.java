package dev.muster.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client said, in order; each event is taken once. */
final class SaidEvents {

  private static final JsonMapper JSON = new JsonMapper();

  private final List<JsonNode> said = new ArrayList<>();
  private int taken;

  synchronized void add(String json) {
    said.add(JSON.readTree(json));
  }

  /** The next event of that name; those before it are passed over. */
  JsonNode await(String event) {
    try {
      Awaitility.await(event).atMost(Duration.ofSeconds(60)).until(() -> find(event) >= 0);
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(
          "Expected the client to say %s, but it said %s".formatted(event, all()));
    }
    return take(event);
  }

  private synchronized int find(String event) {
    for (var i = taken; i < said.size(); i++) {
      if (said.get(i).path("event").asString().equals(event)) {
        return i;
      }
    }
    return -1;
  }

  private synchronized JsonNode take(String event) {
    var found = find(event);
    taken = found + 1;
    return said.get(found);
  }

  synchronized List<JsonNode> all() {
    return List.copyOf(said);
  }
}
