package dev.muster.channel;

import dev.muster.channel.Route.Target;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request of the worker SDK.
 *
 * @param path such as {@code /v1/Workspaces/WS…/Activities}
 * @param post whether it is to change something
 */
record Command(Pass pass, Target target, String path, boolean post, ObjectNode params) {

  /** As it comes: every command is a POST that says what it would be. */
  record Envelope(
      @Nullable String url,
      @Nullable String method,
      @Nullable ObjectNode params,
      @Nullable String token) {

    /**
     * Reads the JSON of a body, whatever type it says it has.
     *
     * @throws Refused as invalid if it is none
     */
    static Envelope read(byte[] body, ObjectMapper json) {
      try {
        var envelope = json.readValue(body, Envelope.class);
        if (envelope != null) {
          return envelope;
        }
      } catch (JacksonException malformed) {
        throw Refused.invalid(
            "Expected a JSON object with url, method, params and token, but it cannot be read: %s",
            malformed.getOriginalMessage());
      }
      throw Refused.invalid(
          "Expected a JSON object with url, method, params and token, but got null");
    }

    /**
     * The command for the bearer of the pass.
     *
     * @throws Refused as invalid if the method is none; as not found if the address is none, or of
     *     another workspace
     */
    Command command(Pass pass, ObjectMapper json) {
      if (!"GET".equals(method) && !"POST".equals(method)) {
        throw Refused.invalid(
            "Expected method to be GET or POST, but got '%.40s'", String.valueOf(method));
      }
      var path = "/" + String.valueOf(url).replaceFirst("^/+", "").replaceFirst("^v1/", "");
      var workspace = "/Workspaces/" + pass.tenant().workspace() + "/";
      var target =
          path.startsWith(workspace)
              ? Route.of(path.substring(workspace.length())).orElse(null)
              : null;
      if (target == null) {
        throw notFound(path);
      }
      return new Command(
          pass,
          target,
          "/v1" + path,
          "POST".equals(method),
          params == null ? json.createObjectNode() : params);
    }
  }

  String method() {
    return post ? "POST" : "GET";
  }

  List<String> parameters() {
    return List.copyOf(params.propertyNames());
  }

  /** A parameter's text; null if it is absent or empty. */
  @Nullable String text(String name) {
    var value = params.path(name).asString("");
    return value.isEmpty() ? null : value;
  }

  Refused notFound() {
    return notFound(path.substring("/v1".length()));
  }

  private static Refused notFound(String path) {
    return new Refused(
        Refusal.NOT_FOUND, "The requested resource %.200s was not found".formatted(path));
  }
}
