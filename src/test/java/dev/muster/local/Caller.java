package dev.muster.local;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls Muster over connections that stay open. It reads answers by their letters, since what it
 * spends on them is missing where Muster runs.
 */
public final class Caller implements AutoCloseable {

  /** A body in JSON. */
  public record Answer(String body) {

    /** The first text of that name; the answers' own fields come before nested ones. */
    public Optional<String> text(String name) {
      var key = "\"" + name + "\":\"";
      var start = body.indexOf(key) + key.length();
      return start < key.length()
          ? Optional.empty()
          : Optional.of(body.substring(start, body.indexOf('"', start)));
    }

    /** How often a field of that name occurs. */
    public int count(String name) {
      return body.split("\"" + name + "\":", -1).length - 1;
    }
  }

  /** A call that was not answered with success. */
  public static final class Failed extends IllegalStateException {

    private final int status;

    private Failed(int status, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    /** Whether Muster said that it will not do it; otherwise nobody knows whether it has. */
    public boolean isRefusal() {
      return status >= 400 && status < 500;
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String authorization;

  public Caller(URI base, Credentials credentials) {
    var user = credentials.accountSid() + ":" + credentials.authToken();
    this.base = base;
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  /** Sends a form of names and values by turns. */
  public Answer post(String path, String... form) {
    var body = new StringBuilder();
    for (var i = 0; i < form.length; i += 2) {
      body.append(i == 0 ? "" : "&").append(form[i]).append('=');
      body.append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", authorization);
  }

  private Answer send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new Failed(
            response.statusCode(),
            "%s %s answered %d: %s"
                .formatted(request.method(), request.uri(), response.statusCode(), response.body()),
            null);
      }
      return new Answer(response.body());
    } catch (IOException e) {
      throw new Failed(0, request.method() + " " + request.uri() + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
