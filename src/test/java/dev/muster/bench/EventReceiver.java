package dev.muster.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A healthy system of a tenant: takes every event at once, and notes how late it is. */
final class EventReceiver implements AutoCloseable {

  private static final String TIME = "TimestampMs=";

  private final HttpServer server;
  private final AtomicLong events = new AtomicLong();
  private volatile Percentiles lag = new Percentiles();

  EventReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/events".formatted(server.getAddress().getPort());
  }

  /** How many came since it was asked to begin anew. */
  long events() {
    return events.get();
  }

  /** From the event to its arrival here. */
  Percentiles lag() {
    return lag;
  }

  void beginAnew() {
    events.set(0);
    lag = new Percentiles();
  }

  private void take(HttpExchange exchange) throws IOException {
    var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
    var start = form.indexOf(TIME) + TIME.length();
    var happened = Long.parseLong(form.substring(start, form.indexOf('&', start)));
    lag.add(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - happened));
    events.incrementAndGet();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
