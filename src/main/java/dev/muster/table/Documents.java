package dev.muster.table;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Configuration documents as trees that keep every name and every digit. */
final class Documents {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Documents() {}

  static ObjectNode empty() {
    return JSON.createObjectNode();
  }

  /** The object that the text is; null if it is something else. */
  static @Nullable ObjectNode object(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (JacksonException malformed) {
      return null;
    }
  }

  /** Whether an instruction takes it for absent. */
  static boolean isAbsent(@Nullable JsonNode value) {
    return value == null || value.isNull() || value.isString() && value.asString().isBlank();
  }

  /** The first of these members that is not absent. */
  static @Nullable String first(ObjectNode node, String... names) {
    for (var name : names) {
      if (!isAbsent(node.get(name))) {
        return name;
      }
    }
    return null;
  }

  /**
   * The members that columns do not say.
   *
   * @param told what columns said
   * @param known what an instruction reads, and may leave away if it is absent
   */
  static ObjectNode without(ObjectNode node, Set<String> told, Set<String> known) {
    var rest = empty();
    node.properties()
        .forEach(
            member -> {
              boolean absent = known.contains(member.getKey()) && isAbsent(member.getValue());
              if (!absent && !told.contains(member.getKey())) {
                rest.set(member.getKey(), member.getValue());
              }
            });
    return rest;
  }
}
