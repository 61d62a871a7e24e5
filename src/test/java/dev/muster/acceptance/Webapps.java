package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.local.LocalOperate;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Operate and Tasklist as their user demo sees them, through their own interfaces. */
record Webapps(URI base, HttpClient http) {

  private static final JsonMapper JSON = new JsonMapper();

  static Webapps open(LocalOperate operate) {
    var http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    var webapps = new Webapps(operate.address(), http);
    webapps.send(operate.login("demo", "demo"));
    return webapps;
  }

  JsonNode get(String path) {
    return JSON.readTree(send(HttpRequest.newBuilder(base.resolve(path))));
  }

  void patch(String path, Map<String, ?> body) {
    send(json(path).method("PATCH", BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** What Operate finds with such a filter. */
  List<JsonNode> search(String path, Map<String, ?> filter) {
    return post(path, Map.of("filter", filter)).get("items").valueStream().toList();
  }

  /** What Tasklist finds. */
  List<JsonNode> searchTasks(Map<String, ?> query) {
    return post("/v1/tasks/search", query).valueStream().toList();
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return JSON.readTree(
        send(json(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))));
  }

  private HttpRequest.Builder json(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/json");
  }

  private String send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isBetween(200, 299);
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
