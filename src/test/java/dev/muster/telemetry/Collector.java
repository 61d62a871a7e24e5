package dev.muster.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes traces in, as an OpenTelemetry collector does by HTTP with protobuf. */
final class Collector implements AutoCloseable {

  /**
   * A span as it came; identifiers in hexadecimal, {@code parent} empty for the first of a trace.
   */
  record Span(String trace, String id, String parent, String name) {}

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
  }

  List<Span> ofTrace(String trace) {
    return spans.stream().filter(span -> span.trace.equals(trace)).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody();
    var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    var request = UnknownFieldSet.parseFrom(zipped ? new GZIPInputStream(body) : body);
    Stream.of(request)
        .flatMap(export -> messages(export, 1))
        .flatMap(resource -> messages(resource, 2))
        .flatMap(scope -> messages(scope, 2))
        .map(Collector::span)
        .forEach(spans::add);
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Span span(UnknownFieldSet span) {
    return new Span(hex(span, 1), hex(span, 2), hex(span, 4), bytes(span, 5).toStringUtf8());
  }

  private static Stream<UnknownFieldSet> messages(UnknownFieldSet parent, int field) {
    return parent.getField(field).getLengthDelimitedList().stream().map(Collector::message);
  }

  private static UnknownFieldSet message(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException notProtobuf) {
      throw new IllegalArgumentException(notProtobuf);
    }
  }

  private static String hex(UnknownFieldSet message, int field) {
    return HexFormat.of().formatHex(bytes(message, field).toByteArray());
  }

  private static ByteString bytes(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .findFirst()
        .orElse(ByteString.EMPTY);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
