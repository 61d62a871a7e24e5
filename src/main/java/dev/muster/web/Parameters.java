package dev.muster.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The parameters of a request by name, whether they came as a form, in the query string or as a
 * JSON object.
 */
record Parameters(Map<String, List<String>> values) {

  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  static Parameters of(HttpServletRequest request, ObjectMapper json) throws IOException {
    var values = new LinkedHashMap<String, List<String>>();
    request.getParameterMap().forEach((name, texts) -> values.put(name, List.of(texts)));
    if (isJson(request)) {
      values.putAll(of(readBody(request, json)).values);
    }
    return new Parameters(values);
  }

  static Parameters of(JsonNode object) {
    var values = new LinkedHashMap<String, List<String>>();
    object.forEachEntry((name, node) -> values.put(name, texts(node)));
    return new Parameters(values);
  }

  /** A body that nobody would read is refused, else it would look like one without parameters. */
  private static boolean isJson(HttpServletRequest request) {
    var type = request.getContentType();
    if (type == null || !request.getMethod().equals("POST")) {
      return false;
    }
    var name = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case MediaType.APPLICATION_JSON_VALUE -> true;
      case MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE ->
          false;
      default ->
          throw new Refused(
              Refusal.UNSUPPORTED_BODY,
              "Expected application/x-www-form-urlencoded or application/json, but got '%s'"
                  .formatted(WireValue.brief(type)));
    };
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  private static JsonNode readBody(HttpServletRequest request, ObjectMapper json)
      throws IOException {
    var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new Refused(
          Refusal.TOO_LARGE,
          "Expected a body of at most %d bytes, but it is larger".formatted(MAX_BODY_BYTES));
    }
    if (body.length == 0) {
      return json.createObjectNode();
    }
    try {
      var node = json.readTree(body);
      if (node.isObject()) {
        return node;
      }
      throw Refused.invalid(
          "Expected the body to be a JSON object, but got: %s", node.getNodeType());
    } catch (JacksonException failure) {
      throw Refused.invalid(
          "Expected the body to be a JSON object, but it cannot be read: %s",
          failure.getOriginalMessage());
    }
  }

  private static List<String> texts(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> List.of();
      case ARRAY ->
          node.valueStream().anyMatch(JsonNode::isContainer)
              ? List.of(node.toString())
              : node.valueStream().map(Parameters::text).toList();
      default -> List.of(text(node));
    };
  }

  /**
   * Documents may come inline: an object, or an array that is not plain values, stands for its JSON
   * text.
   */
  private static String text(JsonNode node) {
    return node.isValueNode() ? node.asString() : node.toString();
  }
}
