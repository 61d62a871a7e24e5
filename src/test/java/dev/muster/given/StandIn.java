package dev.muster.given;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * A server on this machine in the place of somebody else's: notes what it gets, answers as told.
 */
public final class StandIn implements AutoCloseable {

  /** What it got. */
  public record Received(
      URI uri, Map<String, String> headers, List<Map.Entry<String, String>> form) {

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The values of a field, in the order in which they came. */
    public List<String> all(String field) {
      return form.stream()
          .filter(it -> it.getKey().equals(field))
          .map(Map.Entry::getValue)
          .toList();
    }

    public String field(String name) {
      return String.join(",", all(name));
    }

    /** The form, each of whose names came once. */
    public Map<String, String> fields() {
      var fields = new LinkedHashMap<String, String>();
      form.forEach(field -> fields.put(field.getKey(), field.getValue()));
      return fields;
    }
  }

  /** What it answers. */
  public record Answer(int status, String contentType, String body) {

    public static Answer ok() {
      return new Answer(200, "text/plain", "");
    }

    public static Answer json(String body) {
      return json(200, body);
    }

    public static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }
  }

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Answer> answers = request -> Answer.ok();

  public StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Every request from now on. */
  public StandIn answers(Answer answer) {
    return answers(request -> answer);
  }

  public StandIn answers(Function<Received, Answer> answer) {
    answers = answer;
    return this;
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  /** The first so many requests, once they have come. */
  public List<Received> await(int count) {
    return Awaitility.await(count + " requests to the stand-in")
        .atMost(Duration.ofSeconds(20))
        .until(this::received, all -> all.size() >= count);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var request = new Received(exchange.getRequestURI(), headers, form(body));
    received.add(request);
    var answer = answers.apply(request);
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static List<Map.Entry<String, String>> form(String body) {
    return Arrays.stream(body.split("&"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .map(pair -> Map.entry(decode(pair[0]), decode(pair[1])))
        .toList();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
