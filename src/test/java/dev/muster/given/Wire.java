package dev.muster.given;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP with an account's credentials. */
public final class Wire {

  /** An answer as it came. */
  public record Answer(int status, String body, HttpResponse<String> whole) {

    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    public String etag() {
      return whole.headers().firstValue("ETag").orElse("");
    }
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI base;
  private final String credentials;

  Wire(URI base, String user, String password) {
    this.base = base;
    this.credentials =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Posts names and values, one after the other, as a form. */
  public Answer post(String path, String... form) {
    return send(request(path).POST(body(form)));
  }

  public Answer postIfMatch(String version, String path, String... form) {
    return send(request(path).header("If-Match", version).POST(body(form)));
  }

  /** Gets with names and values, one after the other, in the query. */
  public Answer get(String path, String... query) {
    return send(request(query.length == 0 ? path : path + "?" + encoded(query)).GET());
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  public Answer deleteIfMatch(String version, String path) {
    return send(request(path).header("If-Match", version).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    var url = path.startsWith("http") ? URI.create(path) : URI.create(base + path);
    return HttpRequest.newBuilder(url)
        .header("Authorization", "Basic " + credentials)
        .header("Content-Type", "application/x-www-form-urlencoded");
  }

  private static HttpRequest.BodyPublisher body(String... form) {
    return HttpRequest.BodyPublishers.ofString(encoded(form));
  }

  private static String encoded(String... pairs) {
    var text = new StringBuilder();
    for (var i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? "" : "&").append(pairs[i]).append('=');
      text.append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
