package dev.muster.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks plain HTTP to Muster, for what an SDK hides: headers, statuses, odd bodies. */
public record Wire(URI base, String user, String password) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /** What came back. */
  public record Answer(int status, HttpHeaders headers, String body) {

    public JsonNode json() {
      return JSON.readTree(body);
    }

    public String text(String field) {
      return json().path(field).asString();
    }

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  public Wire as(String otherUser, String otherPassword) {
    return new Wire(base, otherUser, otherPassword);
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** Posts a form of alternating names and values. */
  public Answer post(String path, String... namesAndValues) {
    var form = new StringJoiner("&");
    for (var i = 0; i < namesAndValues.length; i += 2) {
      form.add(encode(namesAndValues[i]) + "=" + encode(namesAndValues[i + 1]));
    }
    return postBody(path, "application/x-www-form-urlencoded", form.toString());
  }

  public Answer postJson(String path, String body) {
    return postBody(path, "application/json", body);
  }

  public Answer postBody(String path, String contentType, String body) {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  /** A request to the path, or to an absolute address that an answer named. */
  public HttpRequest.Builder request(String path) {
    var address = path.startsWith("http") ? URI.create(path) : URI.create(base + path);
    var request = HttpRequest.newBuilder(address);
    if (!user.isEmpty()) {
      var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return request;
  }

  public Answer send(HttpRequest.Builder request) {
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
